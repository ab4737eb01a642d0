"""The problems of values: what a fact, a test, a date may be."""

from __future__ import annotations

from reformkit.problem_codes.code import Code, error, warning
from reformkit.text import Text

VALUES: dict[str, Code] = {
    "RK130": error(
        "“{fact}”没有“{word}”这个取值{hint}",
        "`{fact}` has no value `{word}`{hint}",
        "可用取值：{known}",
        "use one of: {known}",
        Text(
            "可用取值：{known}；不知道的给 None",
            "use one of: {known}; None if it is not known",
        ),
    ),
    "RK131": error(
        "“{fact}”是“是否”型，不能写成“{word}”",
        "`{fact}` is a flag and cannot be `{word}`",
        "写 true、false、是或否",
        "write true, false, 是 or 否",
        Text(
            "给 True 或 False；不知道的给 None",
            "give True or False; None if it is not known",
        ),
    ),
    "RK132": error(
        "“{fact}”是数目，不能写成“{word}”{hint}",
        "`{fact}` is a count and cannot be `{word}`{hint}",
        "写整数，只用半角数字，如 3",
        "write a whole number in ASCII digits, such as 3",
        Text(
            "给整数（int），如 3；不知道的给 None",
            "give an int such as 3 (`int(…)` makes one); None if it is not known",
        ),
    ),
    "RK133": error(
        "“{fact}”为 {word}，不在 {low} 至 {high} 之间",
        "`{fact}` is {word}, which is not between {low} and {high}",
        "写 {low} 至 {high} 之间的值{limits}",
        "write a value from {low} to {high}{limits}",
    ),
    "RK134": error(
        "“{fact}”是日期，不能写成“{word}”{hint}",
        "`{fact}` is a date and cannot be `{word}`{hint}",
        "写成 年-月-日，如 2022-03-01，且须确有这一天",
        "write a day that exists as YYYY-MM-DD, such as 2022-03-01",
        Text(
            "给确有的一天：datetime.date，或 “2022-03-01” 这样的文字；datetime 先取 .date()；不知道的给 None",
            "give a day that exists, as a datetime.date or a str such as 2022-03-01; `.date()` takes the day of a datetime; None if it is not known",
        ),
    ),
    "RK135": error(
        "“{fact}”是文字，不能写成“{word}”",
        "`{fact}` is text and cannot be `{word}`",
        "写一段文字；不知道的，整项不写",
        "write some text; leave the fact out if it is unknown",
        Text(
            "给文字（str）；不知道的给 None，或整项不写",
            "give a str; None, or leave it out, if it is not known",
        ),
    ),
    "RK136": error(
        "“{fact}”可有多个取值，应写成列表，现为“{word}”",
        "`{fact}` may have several values and must be a list, not `{word}`",
        "写成 [甲, 乙]；没有的写 []",
        "write a list such as [a, b]; write [] for none",
        Text(
            '给列表或集合，如 ["a", "b"]；没有的给 []，不知道的给 None',
            'give a list or set such as ["a", "b"]; [] for none, None if it is not known',
        ),
    ),
    "RK137": error(
        "“{word}”既指“{one}”又指“{other}”，无法分辨",
        "`{word}` names both `{one}` and `{other}`",
        "给其中一个换一个标签",
        "give one of them another label",
    ),
    "RK138": error(
        "“{word}”是规则语言的保留词，不能用作名称或标签",
        "`{word}` is a word of the rule language and cannot be a name or label here",
        "换一个名称或标签",
        "choose another name or label",
    ),
    "RK139": error(
        "“{fact}”中有疑似身份证号的数字",
        "`{fact}` contains what looks like an identity number",
        "删去身份证号；案件只用编号",
        "delete it; a case is known by its id only",
    ),
    "RK140": error(
        "“{word}”不能作编号或名称{hint}",
        "`{word}` cannot be an id{hint}",
        "只用文字、数字、“_”“-”和“.”，不含空格，不超过 100 个字符",
        "use letters, digits, `_`, `-` and `.`, no spaces, at most 100 characters",
    ),
    "RK141": error(
        "{what}不能是“{word}”{hint}",
        "{what} cannot be `{word}`{hint}",
        "可用：{known}",
        "use one of: {known}",
    ),
    "RK142": error(
        "失效日 {until} 不晚于施行日 {since}",
        "the end {until} is not after the start {since}",
        "“失效”是不再适用的第一天，须晚于“施行”",
        "`until` is the first day on which it no longer holds; it must be later than `since`",
    ),
    "RK143": error(
        "“{type}”型的事实不能有“{key}”",
        "a fact of type {type} cannot have `{key}`",
        "删去“{key}”，或改正类型",
        "delete `{key}`, or change the type",
    ),
    "RK144": error(
        "“{fact}”没有列出取值",
        "no values are given for `{fact}`",
        "在 values 下列出取值及标签",
        "list its values with their labels under `values`",
    ),
    "RK145": error(
        "“取自”和“取值”只能写一个",
        "`of` and `values` cannot stand together",
        "删去其中一个",
        "delete one of the two",
    ),
    "RK146": error(
        "最大值 {high} 小于最小值 {low}",
        "the maximum {high} is less than the minimum {low}",
        "核对 min 和 max",
        "check `min` and `max`",
    ),
    "RK147": error(
        "剖析发现只能带事项 matter，不能带“{fact}”",
        "a finding holds a `matter` only, not `{fact}`",
        "删去 of_finding",
        "delete `of_finding`",
    ),
    "RK148": error(
        "“{path}”中没有“{key}”这一项",
        "`{path}` has no `{key}`",
        "在该文件中补上同名的一项，或改正路径",
        "add a mapping of that name to the file, or change the path",
    ),
    "RK149": error(
        "“推得”须且只须写一种方式",
        "`derived` must say one way of deriving",
        "写 same_year、days_since、group_of 或 findings 中的一个",
        "write one of same_year, days_since, group_of and findings",
    ),
    "RK150": error(
        "“{fact}”不能这样推得：{key} 要求本项为{own}型、所依事实为{other}型",
        "`{fact}` cannot be derived so: {key} needs a fact of type {own} over another of type {other}",
        "改正类型，或改正所依的事实",
        "change the type, or name another fact",
    ),
    "RK151": error(
        "“{word}”所属的组“{group}”不是“{fact}”的取值",
        "the group `{group}` of `{word}` is not a value of `{fact}`",
        "改正 group，或在“{fact}”中补上这个取值",
        "change `group`, or add the value to `{fact}`",
    ),
    "RK152": error(
        "“{key}”不能用于{type}型的“{fact}”",
        "`{key}` cannot test `{fact}`, which is of type {type}",
        "数目、数值和日期用至少、多于、至多、少于；标签用包含等",
        "use at_least, more_than, at_most, less_than for counts, numbers and dates, and includes… for tags",
    ),
    "RK153": error(
        "“{fact}”可有多个取值，要写明怎样包含",
        "`{fact}` may have several values, so say how they are included",
        "如 {{包含: 甲}} 或 {{含任一: [甲, 乙]}}",
        "such as {{includes: a}} or {{includes_any: [a, b]}}",
    ),
    "RK154": error(
        "{what}下没有任何内容",
        "nothing is listed under {what}",
        "列出至少一项，或删去这一项",
        "list at least one, or leave it out",
    ),
    "RK155": error(
        "“{fact}”的这个条件，任何取值都不能满足",
        "no value of `{fact}` can pass this test",
        "核对各项界限和取值",
        "check the bounds and values against each other",
    ),
    "RK156": error(
        "没有参数“{word}”{hint}",
        "there is no parameter `{word}`{hint}",
        "在 parameters.yaml 中定义，或改正名称",
        "define it in parameters.yaml, or change the name",
    ),
    "RK157": error(
        "参数“{name}”{at}取值“{word}”，不能用于“{fact}”",
        "the value `{word}` of the parameter `{name}`{at} does not fit `{fact}`",
        "改正 parameters.yaml 中的取值，或换一个参数",
        "change the value in parameters.yaml, or use another parameter",
    ),
    "RK158": error(
        "“{fact}”属于剖析发现，不属于案件，这里不能用",
        "`{fact}` belongs to a finding and not to the case, so it cannot stand here",
        "改用案件的事实",
        "use a fact of the case",
    ),
    "RK159": error(
        "“{fact}”是决策或计数的结果，计数中只能用词表中的事实",
        "`{fact}` comes from a decision or a signal; a signal counts by facts of the vocabulary only",
        "改用词表中的事实",
        "use a fact of the vocabulary",
    ),
    "RK178": error(
        "“{fact}”是数值，不能写成“{word}”{hint}",
        "`{fact}` is a number and cannot be `{word}`{hint}",
        "只用半角数字和小数点，如 12.5",
        "write ASCII digits and a point only, such as 12.5",
        Text(
            "给 int、Decimal 或 12.5 这样的 float；不知道的给 None",
            "give an int, a Decimal or a float such as 12.5; None if it is not known",
        ),
    ),
    "RK179": error(
        "“{fact}”为 {word}，小数多于 {places} 位",
        "`{fact}` is {word}, with more decimal places than {places}",
        "写成最接近的 {near}，或在词表中加大 places（小数位）",
        "write the nearest, {near}, or raise `places` in the vocabulary",
    ),
    "RK262": warning(
        "“{fact}”写的是“{word}”，只有数字，不像名称；照此比较，凡写“{key}”的都算同一处",
        "`{fact}` is `{word}`, a bare number and hardly a name; all that say `{key}` are compared as one",
        "写全称；只是序号、代码的，改填名称；不知道的留空",
        "write the name in full; leave it out if it is not known",
    ),
    "RK263": error(
        "案件编号写的是“{word}”，等于没有编号",
        "the case id is `{word}`, which names no case",
        "填写这件案件的编号；还没有编号的，自编一个，不与其他案件重复",
        "write the id of the case; if it has none yet, make one up that no other case has",
    ),
    "RK264": error(
        "“{fact}”是日期，写的却是 {word}：{how}，指 {day}",
        "`{fact}` is a date and is `{word}`: {how}, which means {day}",
        "核对后改写为 {day}；整列都这样的，在 Excel 中把这一列设为日期格式后另存",
        "check it and write {day}; where the whole column is so, format it as dates in Excel and save the file again",
        Text(
            "核对后给 datetime.date 或“{day}”；Excel 序列号换算：date(1899, 12, 30) + timedelta(days=序列号)",
            "check it and give a datetime.date or `{day}`; of a serial number of Excel the day is `date(1899, 12, 30) + timedelta(days=…)`",
        ),
    ),
    "RK266": error(
        "这是规则册的文件（{kind}），不是案件",
        "this is a file of a rulebook ({kind}), no case",
        "给出案件文件；检查规则册用 reformkit check，试规则用 reformkit test",
        "name a file of cases; `reformkit check` checks a rulebook, `reformkit test` tries one",
    ),
    "RK247": error(
        "计数的“限于”“占比”中不能用参数“{name}”：参数按日取值，而计数跨越多日",
        "`where` and `share` of a signal cannot use the parameter `{name}`: its value is that of a day, and a signal "
        "counts over many",
        "写出具体的值；界限随时间变化的，写在决策的规则里",
        "write the value itself; a bound that changes over time belongs into the rules of a decision",
    ),
    "RK246": error(
        "“{word}”不是“{fact}”的取值，而是一个检验",
        "`{word}` is a test of `{fact}` and no value of it",
        "写成 {test}",
        "write {test}",
    ),
}
