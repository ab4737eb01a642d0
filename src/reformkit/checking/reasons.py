"""Why each problem of logic and of knowledge is one: what the pages of docs/problems.md say beside the examples."""

from __future__ import annotations

from reformkit.text import Text

REASONS: dict[str, Text] = {
    "RK301": Text(
        "没有规则管到、又没有“其余”的案件，研判不出结果，承办人只能自行其是。取用方式为“汇总”的决策不受此限。",
        "A case that no rule takes, with no `otherwise`, has no result, and whoever handles it is left alone. "
        "A decision that collects has no gaps.",
    ),
    "RK302": Text(
        "“唯一”要求至多一条规则成立，“一致”要求同时成立的规则结论相同。两条规则冲突的案件没有结论，"
        "究竟依哪一条须由写规则的人定，不应由次序碰巧决定。",
        "`unique` says that at most one rule holds, `any` that rules which hold together agree. A case on which "
        "rules conflict has no outcome; which of them it is to follow is for their author to say, not for their order.",
    ),
    "RK303": Text(
        "写了而用不上的规则，读的人会以为它管用。“首条”之下，用不上是指它能成立的案件都已被前面的规则合起来处理；"
        "其他取用方式之下，是指没有案件能使它成立。只在某些日子用不上的，不算。",
        "Who reads a rule that is never taken believes that it works. Under `first` it is dead when the rules before "
        "it together take every case that it could; elsewhere, when no case can meet it. A rule that is taken on "
        "some days is not dead.",
    ),
    "RK304": Text(
        "这一条用得上，但单独删去它，任何案件的状态和结论都不变。互为备份的两条各自都是多余的，删去一条后另一条就不再多余。",
        "The rule is taken, but without it alone no case changes its status or its outcome. Of two rules that stand "
        "in for each other each is redundant; once one is deleted the other no longer is.",
    ),
    "RK305": Text(
        "列出而得不出的结论，往往是漏写了一条规则，或者给出它的规则用不上。结论项取自一个事实的（如疑似症结取自症结），不要求逐个得出。",
        "An outcome that is listed and never given mostly means that a rule was forgotten, or that the rule which "
        "gives it is dead. A decision that takes its outcomes from a fact (as suspected causes do) need not give each.",
    ),
    "RK306": Text(
        "规则、参数都有起止日。接续时漏了几天，或者参数停用而规则还在，这些日子的案件就无规则可依。从最早的施行日起算。",
        "Rules and parameters have their days. Where one ends before the next begins, or a parameter ends while a "
        "rule goes on, the cases of those days have nothing to go by. Counted from the first `since` on.",
    ),
    "RK307": Text(
        "单看这一条可以成立，但前一决策在它的其他条件下从不给出它要的结论，合起来就永远等不到。从各决策都有规则施行之日起算。",
        "By itself the rule can be met, but with its other facts the earlier decision never comes to the outcome "
        "that it asks for, so that together it waits in vain. Counted from the day on which each of them has rules.",
    ),
    "RK308": Text(
        "每项证明的步数有上限，全部证明的步数也有上限，免得一册特别难、特别大的规则没完没了。没证完的写明是哪些规则，不当作没有问题。",
        "A proof may take only so many states, and so may all of them together, so that a hard or huge rulebook ends. "
        "What is left open is named, "
        "never passed over as sound.",
    ),
    "RK310": Text(
        "按日期起止的规则、按期间的计数，都要先知道案件是哪一天的。词表没有写明哪些事实为案件定日，日期就形同虚设，"
        "而研判照常得出结论。",
        "Rules with days, and counts with a window, need the day of a case. Where the vocabulary does not say which "
        "facts date one, the days say nothing, and decisions come out all the same.",
    ),
    "RK311": Text(
        "停用的规则如同没有写，容易被忘在那里。检查时逐条提一句，其余各项检查都不看它。",
        "A rule that is switched off is as if it were not there, and easily forgotten. Each is named once; no other check "
        "looks at it.",
    ),
    "RK401": Text(
        "查明了症结而没有主要措施，建议书就答不上来。",
        "A cause that is found and has no main measure leaves the letter without an answer.",
    ),
    "RK402": Text(
        "两个带条件的主要措施会同时成立时，取先写的一个；次序不应代替判断。",
        "Where two conditional main measures hold at once the one written first is taken; order should not stand "
        "in for judgement.",
    ),
    "RK403": Text(
        "从来不是主要措施的措施只会列在“另可考虑”之中，不会被建议。",
        "A measure that is never a main one is only ever offered apart, and never recommended.",
    ),
    "RK404": Text(
        "没有被引用的文件，或是漏引，或是多余。写明 uncited: true（没有引用也保留）的、标为不可引用的，不算。",
        "A reference that nothing cites was forgotten or is not needed. One that says `uncited: true` "
        "is kept on purpose, and one that is not citable cannot be cited; neither counts.",
    ),
    "RK405": Text(
        "没有验收标准的措施，做没做到无从判断。",
        "Without a criterion nobody can tell whether the measure was done.",
    ),
}
