"""The problems of procedures and offices."""

from __future__ import annotations

from reformkit.problem_codes.code import Code, error, warning

PROCEDURES: dict[str, Code] = {
    "RK220": error(
        "流程“{procedure}”没有步骤“{word}”{hint}",
        "the procedure `{procedure}` has no step `{word}`{hint}",
        "改正步骤名，或补上这一步",
        "correct the name, or add the step",
    ),
    "RK221": error(
        "这些步骤互相等待，都不能开始：{ring}",
        "these steps wait for each other, so none can begin: {ring}",
        "去掉其中一处“先办”",
        "take out one `after`",
    ),
    "RK222": error(
        "流程“{procedure}”没有能走到的终点",
        "the procedure `{procedure}` has no end that can be reached",
        "在最后一步写“终点”",
        "write `end` in the last step",
    ),
    "RK223": error(
        "步骤“{step}”的时限无从起算：{why}",
        "nothing can start the term of the step `{step}`: {why}",
        "起算改为在它之前的步骤、签收、立项或者一项日期",
        "let it start from an earlier step, the receipt, the opening or a date",
    ),
    "RK224": error(
        "没有角色“{word}”{hint}",
        "there is no role `{word}`{hint}",
        "可用的角色：{known}",
        "use one of the roles: {known}",
    ),
    "RK225": error(
        "没有文书或者文书集合“{word}”{hint}",
        "there is no letter or set of letters `{word}`{hint}",
        "改正名称，或在 letters.yaml 中补上",
        "correct the name, or add it to letters.yaml",
    ),
    "RK226": error(
        "步骤“{step}”不合格退回而没有写次数，会没有尽头",
        "the step `{step}` sends back without a number of times, so there may be no end to it",
        "写“次数”，超过的转督办",
        "write `times`; what goes beyond is escalated",
    ),
    "RK227": error(
        "验收、回访步骤“{step}”没有写回避责任单位",
        "the step `{step}` accepts or visits and is not kept apart from the responsible unit",
        "写“回避: [responsible]”",
        "write `apart_from: [responsible]`",
    ),
    "RK228": error(
        "没有材料“{word}”{hint}",
        "there is no paper `{word}`{hint}",
        "在“材料”中补上，或改正名称",
        "add it to `papers`, or correct the name",
    ),
    "RK229": error(
        "流程“{one}”和“{other}”的{what}相同（{word}）",
        "the procedures `{one}` and `{other}` have the same {what} ({word})",
        "每一来源、每一字头只用于一个流程",
        "use each source and each mark for one procedure only",
    ),
    "RK230": error(
        "步骤“{step}”有两种办结方式：{ways}",
        "the step `{step}` is done in two ways: {ways}",
        "分为两步",
        "make two steps of it",
    ),
    "RK231": error(
        "步骤“{step}”退回到“{word}”，而它不在这一步之前",
        "the step `{step}` sends back to `{word}`, which does not come before it",
        "退回到在它之前的步骤",
        "send back to an earlier step",
    ),
    "RK232": error(
        "验收步骤“{step}”须由两个角色共同办理",
        "the step `{step}` accepts, and is to be done by two roles",
        "责任角色写两个，如 [acceptance, supervisor]",
        "name two roles, such as [acceptance, supervisor]",
    ),
    "RK233": error(
        "角色“{role}”没有机构承担，而流程“{procedure}”的步骤“{step}”由它办理",
        "no body holds the role `{role}`, which does the step `{step}` of the procedure `{procedure}`",
        "在 office.yaml 中写明由哪个机构承担",
        "say in office.yaml which body holds it",
    ),
    "RK234": error(
        "“{body}”承担了不得由同一机构承担的“{one}”和“{other}”",
        "`{body}` holds `{one}` and `{other}`, which must not be in one body",
        "改由另一机构承担其中一项",
        "give one of them to another body",
    ),
    "RK235": error(
        "账号“{account}”所属的机构“{word}”没有列出{hint}",
        "the body `{word}` of the account `{account}` is not listed{hint}",
        "在“机构”中补上，或改正名称",
        "add it to `bodies`, or correct the name",
    ),
    "RK236": warning(
        "承担“{role}”的机构都没有账号，无人能办",
        "no body that holds `{role}` has an account, so nobody can act in it",
        "为其中一个机构写明账号",
        "give one of them an account",
    ),
    "RK237": error(
        "步骤“{step}”没有写时限的起算日或者长度",
        "the term of the step `{step}` lacks its length or its start",
        "写 {{days: 15, from: 步骤名}}、{{same: 步骤名}} 或 {{before: 事实名}}",
        "write {{days: 15, from: STEP}}, {{same: STEP}} or {{before: FACT}}",
    ),
    "RK837": error(
        "期限 {count} 过长，最多 {most}（约十年）",
        "the term {count} is too long; at most {most}, some ten years",
        "核对数字；没有期限的，不写时限",
        "check the number; leave the term out where there is none",
    ),
    "RK238": error(
        "“不得兼任”的每一项须是两个角色",
        "what must be apart is given as pairs of two roles",
        "写如 [responsible, acceptance]",
        "write it as [responsible, acceptance]",
    ),
}
