"""The problems of what names what in a rulebook and its library (2xx)."""

from __future__ import annotations

from reformkit.problem_codes.code import Code, error, warning

NAMES: dict[str, Code] = {
    "RK201": error(
        "决策互相等待：{ring}",
        "the decisions wait for each other: {ring}",
        "去掉其中一处对另一决策结论的检验",
        "take out one of the tests of another decision's outcome",
    ),
    "RK202": error(
        "没有症结“{word}”{hint}",
        "there is no cause `{word}`{hint}",
        "改用 causes.yaml 中的症结",
        "use a cause of causes.yaml",
    ),
    "RK203": error(
        "没有引用文件“{word}”{hint}",
        "there is no reference `{word}`{hint}",
        "改用 references.yaml 中的文件",
        "use a reference of references.yaml",
    ),
    "RK204": error(
        "“{ref}”没有条文“{word}”{hint}",
        "`{ref}` has no clause `{word}`{hint}",
        "改用 references.yaml 中列出的条文，或先补录条文",
        "use a clause listed in references.yaml, or add the clause there first",
    ),
    "RK205": error(
        "措施编号“{word}”已经用在 {first}",
        "the measure id `{word}` is already used at {first}",
        "换一个编号",
        "choose another id",
    ),
    "RK206": error(
        "症结“{cause}”已有不带条件的主要措施“{measure}”",
        "the cause `{cause}` already has an unconditional main measure, `{measure}`",
        "其中一个改为 also，或写上条件",
        "make one of them `also`, or give it a condition",
    ),
    "RK207": error(
        "空格“{{{word}}}”不是词表中的事实{hint}",
        "the blank `{{{word}}}` is no fact of the vocabulary{hint}",
        "改用事实的英文名称，或 days",
        "use the name of a fact, or days",
    ),
    "RK208": error(
        "花括号没有成对",
        "the braces do not match",
        "写成 {{unit}} 这样成对的花括号",
        "write braces in pairs, such as {{unit}}",
    ),
    "RK209": error(
        "没有薄弱点方向“{word}”{hint}",
        "there is no weak point `{word}`{hint}",
        "改用 causes.yaml 中 weak_points 下的编号",
        "use an id under `weak_points` in causes.yaml",
    ),
    "RK210": error(
        "没有文件“{word}”可供引用{hint}",
        "there is no document or reference `{word}`{hint}",
        "改用 rulebook.yaml 的 documents 或 references.yaml 中的编号",
        "use an id of `documents` in rulebook.yaml or of references.yaml",
    ),
    "RK211": error(
        "依据要么引用一个文件（ref，可带 clause），要么写明性质（kind），不能兼有或都没有",
        "a basis either cites a reference (`ref`, with a `clause` if known) or says its `kind`, and not both or neither",
        "写 {{ref: …, clause: …}} 或 {{kind: …, at: …}}",
        "write {{ref: …, clause: …}} or {{kind: …, at: …}}",
    ),
    "RK215": error(
        "这一写法没有写明用于何种情形",
        "this wording does not say when it is used",
        "写上 cause、matter、industry、unit_kind 中的一项或几项，或者并入措施的 text",
        "say one or more of `cause`, `matter`, `industry`, `unit_kind`, or put it into the `text` of the measure",
    ),
    "RK216": error(
        "这项措施不答“{cause}”，依据写在这里永远引不出来",
        "this measure does not answer `{cause}`, so that nothing written here is ever cited for it",
        "从依据的 cause 中去掉它，或者在措施的 addresses 中写上它",
        "take it out of the `cause` of the basis, or name it under the measure's `addresses`",
    ),
    "RK212": error(
        "规则“{rule}”的条件展开后超过 {most} 种情形",
        "the condition of rule `{rule}` comes to more than {most} alternatives",
        "把这条规则拆成几条，或减少“任一”“非”的层数",
        "split the rule into several, or nest fewer `any` and `not`",
    ),
    "RK213": warning(
        "措施库的症结“{word}”（{id}）不在词表“{fact}”的取值中，没有案件能填写它{hint}",
        "the cause `{id}` ({word}) of the library is no value of `{fact}` in the vocabulary, so no case can state it{hint}",
        "在词表中加上这个取值（或写 of: 取自这个症结文件），不用的则从措施库中删去",
        "add it to the values in the vocabulary (or take them from this file with `of:`), or delete it from the library",
    ),
    "RK214": warning(
        "“{fact}”的取值“{word}”（{id}）不在措施库的症结中，没有措施能答它",
        "the value `{id}` ({word}) of `{fact}` is no cause of the library, so no measure can answer it",
        "在措施库的症结文件中加上它，或者从词表中删去",
        "add it to the causes of the library, or delete it from the vocabulary",
    ),
}
