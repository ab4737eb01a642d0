"""The problems of logic and of knowledge (3xx, 4xx)."""

from __future__ import annotations

from reformkit.problem_codes.code import Code, error, note, warning

PROOFS: dict[str, Code] = {
    "RK301": error(
        "有的案件没有规则管到，“{decision}”又没有写“其余”{days}",
        "some cases meet no rule of `{decision}`, which has no `otherwise`{days}",
        "为这类案件补一条规则，或者写上“其余”",
        "add a rule for such cases, or an `otherwise`",
    ),
    "RK302": error(
        "规则“{rule}”与{partners}会在同一案件上成立，而“{decision}”{must}{days}",
        "rule `{rule}` and {partners} hold of one case, while in `{decision}` {must}{days}",
        "收紧其中一条的条件，使两者不会同时成立",
        "narrow the condition of one of them so that they cannot hold together",
    ),
    "RK303": warning(
        "规则“{rule}”永远用不上：{why}",
        "rule `{rule}` is never taken: {why}",
        "改正条件或者调整次序；确实不用的，删去",
        "correct its condition or its place in the order, or delete it if it is not needed",
    ),
    "RK304": note(
        "规则“{rule}”是多余的：单独删去这一条，任何案件的结果都不变",
        "rule `{rule}` is redundant: left out alone, it changes the result of no case",
        "删去这一条；为写明理由而保留的，可以不改",
        "delete it, or leave it if it is there for the reason that it states",
    ),
    "RK305": warning(
        "没有案件会得出“{decision}”的结论“{outcome}”",
        "no case comes to the outcome `{outcome}` of `{decision}`",
        "补上得出这一结论的规则，或者删去这个结论项",
        "add a rule that gives it, or delete the outcome",
    ),
    "RK306": warning(
        "{what}{days}",
        "{what}{days}",
        "补上这些日子的规则或者取值，或者改正施行日、失效日",
        "add a rule or a value for these days, or correct `since` and `until`",
    ),
    "RK307": warning(
        "规则“{rule}”等不到它要的{waits}结论：在它的其他条件下，这一结论不会出现",
        "rule `{rule}` waits in vain for its outcome of {waits}: with its other facts that outcome never comes",
        "核对前一决策的规则，或者改正这一条的条件",
        "check the rules of the earlier decision, or correct the condition of this one",
    ),
    "RK308": note(
        "“{decision}”在步数以内没有证完：{what}",
        "something of `{decision}` was not proven within the budget: {what}",
        "用 --budget 给更多步数，或者把这几条规则写得简单些",
        "give more states with --budget, or write these rules more simply",
    ),
    "RK309": note(
        "本文件还有 {more} 处问题没有列出",
        "this file has {more} more problems that are not listed",
        "先改正已列出的，再检查一次",
        "mend those that are listed and check again",
    ),
    "RK310": warning(
        "{what}",
        "{what}",
        "在词表的 dates（日期）中写明哪些事实为案件定日",
        "say under `dates` of the vocabulary which facts date a case",
    ),
    "RK311": note(
        "规则“{rule}”已停用，研判时不起作用",
        "rule `{rule}` is switched off and decides nothing",
        "要用的，删去 enabled: false（启用: 否）；不再用的，删去这一条",
        "delete `enabled: false` to use it, or delete the rule if it is not needed any more",
    ),
    "RK401": warning(
        "症结“{cause}”没有主要措施{cases}",
        "the cause `{cause}` has no main measure{cases}",
        "在答这一症结的措施下写 as: main；有条件的，补上其余情形",
        "write `as: main` in the measure that answers it, and cover the remaining cases where it has conditions",
    ),
    "RK402": warning(
        "症结“{cause}”会同时有两个主要措施{measures}{cases}，取先写的一个",
        "the cause `{cause}` has two main measures at once, {measures}{cases}; the one written first is taken",
        "收紧其中一个的条件，使两者不重叠",
        "narrow the condition of one of them so that they do not overlap",
    ),
    "RK403": warning(
        "措施“{measure}”（{title}）从来不是主要措施，不会被建议",
        "the measure `{measure}` ({title}) is never a main measure and is never recommended",
        "写明它主要答哪个症结，或者删去",
        "say which cause it mainly answers, or delete it",
    ),
    "RK404": note(
        "引用文件“{ref}”（{title}）没有被引用",
        "nothing cites the reference `{ref}` ({title})",
        "在措施或者规则的依据中引用它，或者删去；有意保留的写 uncited: true",
        "cite it in the basis of a measure or a rule, or delete it; write `uncited: true` where it is kept on purpose",
    ),
    "RK405": warning(
        "措施“{measure}”（{title}）没有写验收标准",
        "the measure `{measure}` ({title}) has no criterion of acceptance",
        "在 accept 下写明怎样算做到",
        "say under `accept` how one sees that it was done",
    ),
}
