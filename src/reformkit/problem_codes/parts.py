"""The problems of the parts of rulebooks and cases: rules, signals, ids, fixtures, tellings."""

from __future__ import annotations

from reformkit.problem_codes.code import Code, error, warning

PARTS: dict[str, Code] = {
    "RK160": error(
        "“{fact}”经由其他事实又推得它自己",
        "`{fact}` is derived, by way of others, from itself",
        "去掉其中一处“推得”",
        "take out one `derived`",
    ),
    "RK161": error(
        "“{path}”中没有决策文件",
        "there is no decision file in `{path}`",
        "每个决策写一个 .yaml 文件",
        "write a .yaml file for each decision",
    ),
    "RK162": error(
        "“{word}”这个名称已经用在 {other}",
        "the name `{word}` is already used at {other}",
        "换一个名称",
        "choose another name",
    ),
    "RK163": error(
        "规则编号“{word}”已经用在 {first}",
        "the rule id `{word}` is already used at {first}",
        "换一个编号",
        "choose another id",
    ),
    "RK164": error(
        "“其余”只能写一个结论，取用方式为“汇总”的才可写几个",
        "`otherwise` gives one outcome; only a decision that collects may give several",
        "留下一个结论，或者改用“汇总”",
        "keep one of them, or let the decision collect",
    ),
    "RK165": error(
        "没有结论“{word}”{hint}",
        "there is no outcome `{word}`{hint}",
        "可用的结论：{known}",
        "use one of the outcomes: {known}",
    ),
    "RK166": error(
        "“{fact}”没有取值，不能作结论项",
        "`{fact}` has no values that could be outcomes",
        "写出结论项，或改用有取值的事实",
        "list the outcomes, or name a fact that has values",
    ),
    "RK167": error(
        "参数“{name}”的这个取值与第 {first} 行的取值在时间上重叠",
        "this value of the parameter `{name}` overlaps in time with the one on line {first}",
        "改正施行日或失效日",
        "change `since` or `until`",
    ),
    "RK168": warning(
        "“{path}”不会被读取",
        "the file `{path}` is not read",
        "扩展名改为小写的 .yaml",
        "let its name end with .yaml in lower case",
    ),
    "RK818": warning(
        "“{path}”像是测试案件，但没有运行",
        "`{path}` looks like fixtures and is not run",
        "是测试案件的，写成 YAML，文件名以 {ending} 结尾；不是的，换一个文件名",
        "write it as YAML with a name that ends in {ending} if it holds fixtures; else give it another name",
    ),
    "RK169": error(
        "计数要写“计”或“占比”，且只写一个",
        "a signal has either `count` or `share`, and one of them only",
        "留下其中一个",
        "keep one of the two",
    ),
    "RK170": error(
        "“{word}”不是期间",
        "`{word}` is not a length of time",
        "写成 12 months 或 12 个月；单位可用 days 天、months 月、years 年",
        "write such as 12 months; the units are days, months and years",
    ),
    "RK171": error(
        "“{fact}”不是可有多个取值的标签，不能用于“共有”",
        "`{fact}` is not of type tags and cannot be shared",
        "改用标签型的事实",
        "name a fact of type tags",
    ),
    "RK172": error(
        "案件编号“{word}”已经用在{first}",
        "the case id `{word}` is already used on {first}",
        "换一个编号；两处是同一案件的，删去一处",
        "give it another id, or delete one if they are the same case",
    ),
    "RK173": error(
        "“{path}”不在规则册文件夹的下级文件夹中",
        "`{path}` does not stand in a folder below the rulebook's own",
        "把这个规则文件移到下级文件夹，如 diagnosis/，并照此写明路径",
        "move this file of rules into a folder below, such as diagnosis/, and name it so",
    ),
    "RK174": error(
        "规则文件“{path}”已在 {first} 取用",
        "the file of rules `{path}` is already named at {first}",
        "删去其中一处",
        "delete one of the two",
    ),
    "RK175": warning(
        "没有决策取用“{path}”，其中的规则不起作用",
        "no decision names the file `{path}`; its rules do nothing",
        "在所属决策的 rules_from（规则取自）中写上这个文件，或把它移走",
        "name it under `rules_from` of its decision, or move it away",
    ),
    "RK176": error(
        "这一行既告知“{key}”，又把它撤回（{by}）",
        "this line both tells `{key}` and takes it back ({by})",
        "只留其一；两样都要的，按先后分写两行",
        "keep one of the two; where both are meant, write two lines, in their order",
    ),
    "RK177": error(
        "这个文件里没有测试案件，什么也没有测试",
        "there are no fixtures in this file; nothing was tested",
        "写上测试案件，或者删去这个文件",
        "write a fixture, or delete the file",
    ),
    "RK180": error(
        "测试案件“{word}”没有写预期",
        "the fixture `{word}` expects nothing",
        "在“预期”下写明应得的结论、规则或措施",
        "say under `expect` which outcome, rule or measures should come out",
    ),
    "RK181": error(
        "“{fact}”没有规则“{word}”{hint}",
        "`{fact}` has no rule `{word}`{hint}",
        "改用该决策文件中的规则编号",
        "use the id of a rule in the file of that decision",
    ),
    "RK182": error(
        "措施库中没有措施“{word}”{hint}",
        "the library has no measure `{word}`{hint}",
        "改用措施库中的编号",
        "use the id of a measure of the library",
    ),
    "RK183": error(
        "“{fact}”汇集各项剖析发现的事项，取值就是事项的取值",
        "`{fact}` gathers the matters of findings, and its values are theirs",
        "删去这里的取值",
        "delete the values here",
    ),
    "RK184": error(
        "“{fact}”不是日期，不能为案件定日",
        "`{fact}` is not of type date and cannot say when a case was",
        "改用日期型的事实",
        "name a fact of type date",
    ),
    "RK185": error(
        "没有写期间，谈不上此前还是前后",
        "`side` says nothing without `within`",
        "写上期间，或者删去这一项",
        "add `within`, or delete it",
    ),
    "RK186": error(
        "一项核对须且只须写一种",
        "a check says one thing",
        "写 before、years 或 never 中的一个；其余另起一项",
        "write one of before, years and never, and the others as checks of their own",
    ),
    "RK187": error(
        "这里要两项，前者不晚于后者",
        "two things are wanted here, the earlier one first",
        "如 before: [立案日期, 处分决定日期]，years: {{立案日期: [1949, 2100]}}",
        "such as before: [filed_on, decided_on], years: {{filed_on: [1949, 2100]}}",
    ),
}
