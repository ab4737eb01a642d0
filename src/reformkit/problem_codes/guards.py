"""What stands in the way of an act on an item: a problem a guard.

Long because every reason for which an act is refused stands in it, with its words and its fix.
"""

from __future__ import annotations

from reformkit.problem_codes.code import Code, error

GUARDS: dict[str, Code] = {
    # who
    "RK600": error(
        "本机关没有账号“{account}”{hint}",
        "the office has no account `{account}`{hint}",
        "改正账号，或在 office.yaml 中补上",
        "correct the account, or add it to office.yaml",
    ),
    "RK601": error(
        "台账中没有事项“{item}”{hint}",
        "the ledger has no item `{item}`{hint}",
        "改正事项编号",
        "correct the id of the item",
    ),
    "RK602": error(
        "应由{want}办理，账号“{account}”对这一事项的角色是{held}",
        "this is for {want}; the account `{account}` is {held} for this item",
        "由承担该角色的机构办理",
        "let a body act that holds the role",
    ),
    "RK603": error(
        "“{body}”不得办理“{step}”：{why}",
        "`{body}` may not do `{step}`: {why}",
        "由另一机构办理",
        "let another body do it",
    ),
    "RK604": error(
        "本机关不代录，应由“{unit}”的账号办理",
        "the office does not enter acts for units; an account of `{unit}` is to do it",
        "由该单位办理，或在 office.yaml 中写“enter_for_units: true”",
        "let the unit do it, or say `enter_for_units: true` in office.yaml",
    ),
    "RK605": error(
        "代“{unit}”录入而没有附该单位的书面材料",
        "this was entered for `{unit}` without a paper of that unit",
        "附上该单位的书面材料作佐证",
        "attach the unit's paper as evidence",
    ),
    # when
    "RK610": error(
        "发生日{on}晚于今天（{today}）",
        "the day {on} is later than today ({today})",
        "改正发生日",
        "correct the day",
    ),
    "RK611": error(
        "发生日{on}早于立项日{day}",
        "the day {on} is before the item was opened, on {day}",
        "改正发生日",
        "correct the day",
    ),
    "RK612": error(
        "发生日{on}早于“{step}”办结日{day}",
        "the day {on} is before `{step}` was done, on {day}",
        "改正发生日",
        "correct the day",
    ),
    "RK613": error(
        "发生日{on}距今超过{most}个工作日，系补录，须写明补录理由",
        "the day {on} is more than {most} workdays ago: a late entry, which needs its reason",
        "写明为何补录（late）",
        "say why it is entered late (`late`)",
    ),
    # where the item stands
    "RK620": error(
        "事项已了结（{state}），不能再办",
        "the item has ended ({state}) and nothing can be done on it any more",
        "有误的用更正；须重新办理的另行立项",
        "correct what is wrong, or open another item",
    ),
    "RK621": error(
        "事项中止期间只能恢复、补报事实或者更正",
        "a suspended item can only be resumed, told facts, or corrected",
        "先恢复",
        "resume it first",
    ),
    "RK622": error(
        "流程“{procedure}”没有步骤“{word}”{hint}",
        "the procedure `{procedure}` has no step `{word}`{hint}",
        "改用这一流程的步骤：{known}",
        "use a step of the procedure: {known}",
    ),
    "RK623": error(
        "“{step}”现在不能办：{steps}还没有办结",
        "`{step}` cannot be done yet: {steps} is to be done first",
        "先办结前面的步骤",
        "do the earlier steps first",
    ),
    "RK624": error(
        "“{step}”已于{day}办结",
        "`{step}` was done on {day}",
        "有误的用更正",
        "correct the entry if it is wrong",
    ),
    "RK625": error(
        "“{step}”不能这样办结，{way}",
        "`{step}` is not done in this way; {way}",
        "改用该办法",
        "do it in that way",
    ),
    "RK626": error(
        "没有这一步可办：{what}",
        "there is nothing of the kind to be done now: {what}",
        "查看办理菜单",
        "look at the menu of the item",
    ),
    "RK627": error(
        "“{unit}”不是这一事项的责任单位",
        "`{unit}` is no unit of this item",
        "责任单位：{known}",
        "the units: {known}",
    ),
    # what has to be there
    "RK630": error(
        "须写明理由",
        "a reason has to be given",
        "写明理由（reason）",
        "give the reason",
    ),
    "RK631": error(
        "“{step}”须写明通过或者不通过",
        "`{step}` has to say passed or rejected",
        "写明意见（opinion）：通过（passed）或者不通过（rejected）",
        "say in `opinion` whether it is `passed` or `rejected`",
    ),
    "RK632": error(
        "还没有剖析发现的症结",
        "the analysis has found no cause yet",
        "先补报剖析发现（findings）",
        "tell the findings first",
    ),
    "RK633": error(
        "还没有疑似症结",
        "no cause is suspected yet",
        "先补报行为、岗位、事项等事实，或者剖析发现",
        "tell behaviours, post and matter first, or findings",
    ),
    "RK634": error(
        "没有促改建议",
        "there is no suggestion",
        "写明至少一条建议",
        "make at least one suggestion",
    ),
    "RK635": error(
        "建议“{suggestion}”没有验收标准",
        "the suggestion `{suggestion}` has no criterion",
        "写明验收标准",
        "give its criteria",
    ),
    "RK636": error(
        "没有回复期限，或者回复期限不晚于发文日",
        "there is no reply date, or it is not after the day of the letter",
        "写明晚于发文日的回复期限（reply_by）",
        "give a reply date after the day of the letter",
    ),
    "RK637": error(
        "{what}须附书面材料",
        "{what} calls for a paper",
        "附上书面材料",
        "attach the paper",
    ),
    "RK638": error(
        "汇集的案件不足两件",
        "fewer than two cases are joined",
        "立项时写明并入的案件（cases）",
        "name the joined cases when the item is opened",
    ),
    "RK639": error(
        "“{step}”没有材料“{paper}”这一项{hint}",
        "`{step}` has no paper `{paper}`{hint}",
        "这一步的材料：{known}",
        "the papers of this step: {known}",
    ),
    # letters
    "RK640": error(
        "“{step}”不发“{letter}”",
        "`{step}` does not issue `{letter}`",
        "可发的文书：{known}",
        "it issues: {known}",
    ),
    "RK641": error(
        "文号“{number}”已经使用（{item}）",
        "the number `{number}` is used already ({item})",
        "换一个文号；作废的文号不再使用",
        "take another number; a void one stays used",
    ),
    "RK642": error(
        "文号“{number}”与日期不符：第{other}号于{day}发出",
        "the number `{number}` does not fit its date: number {other} was issued on {day}",
        "文号按发文日期先后编",
        "numbers run with their dates",
    ),
    "RK643": error(
        "“{number}”没有待“{unit}”签收的文书",
        "there is no letter `{number}` that `{unit}` has yet to receive",
        "核对文号和单位",
        "look at the number and the unit",
    ),
    "RK644": error(
        "签收日{on}早于发文日{day}",
        "it was received on {on}, before it was issued on {day}",
        "改正签收日",
        "correct the day of receipt",
    ),
    "RK645": error(
        "“{number}”不能作废：{why}",
        "`{number}` cannot be made void: {why}",
        "另发文书更正",
        "issue another letter instead",
    ),
    "RK646": error(
        "“{number}”不是“{series}”{year}年的文号",
        "`{number}` is no number of `{series}` in {year}",
        "写如“{series}〔{year}〕3号”",
        "write it as `{series}〔{year}〕3号`",
    ),
    "RK647": error(
        "由办公室编号，须填写文号",
        "numbers are given by the office, so the number has to be stated",
        "填写文号（number）",
        "state the number",
    ),
    "RK648": error(
        "没有主送单位",
        "there is no recipient",
        "写明主送（to）",
        "say to whom it goes",
    ),
    # results and acceptance
    "RK649": error(
        "没有成果种类“{word}”{hint}，报送了也不计入任何统计",
        "there is no kind of result `{word}`{hint}; no figure would count it",
        "可写的成果种类：{known}",
        "the kinds of results: {known}",
    ),
    "RK650": error(
        "没有佐证",
        "there is no evidence",
        "附上佐证",
        "attach evidence",
    ),
    "RK651": error(
        "数量须为不小于1的整数，不是“{word}”",
        "the number has to be a whole one of at least 1, not `{word}`",
        "写明数量",
        "say how many",
    ),
    "RK652": error(
        "佐证“{name}”的日期{day}晚于{what}",
        "the evidence `{name}` is dated {day}, after {what}",
        "改正日期",
        "correct the date",
    ),
    "RK653": error(
        "没有建议“{word}”{hint}",
        "there is no suggestion `{word}`{hint}",
        "改正建议编号",
        "correct the id of the suggestion",
    ),
    "RK654": error(
        "建议“{suggestion}”没有标准“{word}”{hint}",
        "the suggestion `{suggestion}` has no criterion `{word}`{hint}",
        "可写的标准：{known}",
        "its criteria: {known}",
    ),
    "RK655": error(
        "标准“{criterion}”（{text}）还没有判定",
        "the criterion `{criterion}` ({text}) has not been judged",
        "先逐条判定（judge）",
        "judge it first",
    ),
    "RK656": error(
        "标准“{criterion}”（{text}）判为未达标",
        "the criterion `{criterion}` ({text}) was judged not met",
        "达标后重新判定，或者判为验收不通过（fail）",
        "judge it anew once it is met, or let the acceptance fail",
    ),
    "RK657": error(
        "标准“{criterion}”（{text}）判为达标而没有佐证",
        "the criterion `{criterion}` ({text}) was judged met without evidence",
        "附上佐证重新判定",
        "judge it anew with evidence",
    ),
    "RK658": error(
        "“{criterion}”的佐证全部早于{day}（提出建议或者立项之日），不能证明整改",
        "all evidence for `{criterion}` is older than {day}, when it was asked for, and proves no reform",
        "附上此后形成的佐证",
        "attach evidence made since",
    ),
    "RK659": error(
        "验收须由两个机构的两人共同办理，分别承担{roles}：{why}",
        "acceptance is by two people of two bodies, who hold {roles}: {why}",
        "写明另一承担者的账号（countersigned）",
        "name the account of the other one (`countersigned`)",
    ),
    # time
    "RK660": error(
        "“{step}”没有期限可延",
        "`{step}` has no due day that could be put off",
        "起算之后再办理延期",
        "extend it once its term runs",
    ),
    "RK661": error(
        "“{step}”已于{day}到期，到期以后不得延期",
        "`{step}` was due on {day}; it cannot be extended afterwards",
        "列入督办",
        "it is to be pressed instead",
    ),
    "RK662": error(
        "“{step}”已经延期{times}次，不得再延",
        "`{step}` was extended {times} times already and may not be again",
        "列入督办",
        "it is to be pressed instead",
    ),
    "RK663": error(
        "延期{days}日不在1至{most}日之内",
        "an extension of {days} days is not within 1 to {most}",
        "改正日数",
        "correct the number of days",
    ),
    "RK664": error(
        "事项没有中止",
        "the item is not suspended",
        "不须恢复",
        "there is nothing to resume",
    ),
    # opening, merging, moving, correcting
    "RK670": error(
        "没有流程“{word}”{hint}",
        "there is no procedure `{word}`{hint}",
        "可用的流程：{known}",
        "use one of: {known}",
    ),
    "RK671": error(
        "案件“{case}”已有未了结的事项“{item}”",
        "the case `{case}` has the open item `{item}` already",
        "在该事项上办理",
        "go on with that item",
    ),
    "RK672": error(
        "立项缺少“{field}”",
        "the opening lacks `{field}`",
        "在研判的事实或者 matter 中写明",
        "state it in the facts of the assessment, or in `matter`",
    ),
    "RK673": error(
        "不能并入“{item}”：{why}",
        "the item cannot be merged into `{item}`: {why}",
        "改正事项编号",
        "correct the id",
    ),
    "RK674": error(
        "不能转入流程“{procedure}”：{steps}已经办结，而它没有这些步骤",
        "the item cannot move to the procedure `{procedure}`: {steps} was done, and it has no such step",
        "改用有这些步骤的流程",
        "choose a procedure that has them",
    ),
    "RK675": error(
        "事项“{item}”没有第{seq}号记录",
        "the item `{item}` has no act number {seq}",
        "改正记录号",
        "correct the number",
    ),
    "RK676": error(
        "更正须由另一人办理，第{seq}号记录是“{account}”写的",
        "a correction is for another person; the act {seq} was written by `{account}`",
        "由另一账号更正",
        "let another account correct it",
    ),
    "RK677": error(
        "第{seq}号记录不能这样更正：{why}",
        "the act {seq} cannot be corrected so: {why}",
        "可更正的项：{known}",
        "what can be corrected: {known}",
    ),
    "RK678": error(
        "案件“{case}”不属于这一事项",
        "the case `{case}` is none of this item",
        "改正案件编号",
        "correct the id of the case",
    ),
    "RK679": error(
        "本规则册没有流程",
        "the rulebook has no procedures",
        "在规则册中写 procedure.yaml",
        "write a procedure.yaml in the rulebook",
    ),
    "RK680": error(
        "有事项所依的流程文本（{digest}）不在台账的文件夹中",
        "the text of a procedure that items follow ({digest}) is not in the ledger's folder",
        "一并拷贝台账旁的文件夹",
        "copy the folder beside the ledger too",
    ),
}
