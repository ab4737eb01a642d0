"""The fixed words of the rule language, in English and in Chinese."""

from __future__ import annotations

from dataclasses import dataclass

from reformkit.text import Text

ZH = {
    # decisions
    "decision": "决策",
    "title": "标题",
    "hit": "取用方式",
    "outcomes": "结论项",
    "rules": "规则",
    "rules_from": "规则取自",
    "id": "编号",
    "when": "条件",
    "then": "结论",
    "because": "理由",
    "basis": "依据",
    "kind": "性质",
    "at": "出处",
    "ref": "引用",
    "since": "施行",
    "until": "失效",
    "otherwise": "其余",
    # conditions
    "any": "任一",
    "all": "全部",
    "not": "非",
    "at_least": "至少",
    "more_than": "多于",
    "at_most": "至多",
    "less_than": "少于",
    "includes": "包含",
    "includes_any": "含任一",
    "includes_all": "含全部",
    "includes_none": "均不含",
    "known": "已知",
    # parameters and signals
    "parameters": "参数",
    "label": "名称",
    "values": "取值",
    "value": "值",
    "signals": "计数",
    "count": "计",
    "share": "占比",
    "same": "相同",
    "within": "期间",
    "sharing": "共有",
    "where": "限于",
    # the rulebook and its vocabulary
    "name": "名",
    "version": "版本",
    "authority": "机关",
    "vocabulary": "词表",
    "measures": "措施",
    "documents": "文件",
    "roles": "角色",
    "duty": "职责",
    "held_by": "承担",
    "fields": "事实",
    "type": "类型",
    "ask": "提问",
    "min": "最小",
    "max": "最大",
    "personal": "个人信息",
    "derived": "推得",
    "of": "取自",
    # cases
    "findings": "剖析发现",
    "cause": "症结",
    "matter": "事项",
    "evidence": "证据",
}
"""The Chinese form of each key; a key that is not here has none."""

HITS = {"first": "首条", "unique": "唯一", "any": "一致", "collect": "汇总"}
BASIS_KINDS = {"report": "报告", "law": "法规", "practice": "惯例", "assumption": "假设"}
CITED_KINDS = {kind: BASIS_KINDS[kind] for kind in ("report", "practice", "assumption")}
FIELD_TYPES = {"choice": "选项", "flag": "是否", "count": "数目", "date": "日期", "text": "文字", "tags": "标签"}
COUNTED = {"cases": "案件数", "distinct": "不同项"}
CHECKED = {"clause": "条文", "reprint": "转载", "title": "题名", "none": "无"}
ROLES = {"main": "main", "also": "also"}
USES = {"rely": "依据", "refer": "参照"}
STARTS = {"letter_received": "收到三书", "decision_announced": "处分决定宣布", "plan_approved": "方案批准"}
SERVES = {"dare_not": "不敢", "cannot": "不能", "will_not": "不想"}
FINDING_PARTS = {part: ZH[part] for part in ("cause", "matter")}
TRUE, FALSE = ("true", "是"), ("false", "否")

JOINING = ("any", "all", "not")
BOUNDS = ("at_least", "more_than", "at_most", "less_than")
INCLUDES = ("includes", "includes_any", "includes_all", "includes_none")
OF_FIXTURES = {
    "name": "名称",
    "confirmed": "已确认",
    "as_of": "研判日期",
    "history": "其他案件",
    "expect": "预期",
}
"""Keys of a fixture that are no part of its case."""
OF_TELLINGS = {"on": "得知日期", "retract": "撤回", "forget": "整案撤回"}
"""Keys of a line that is told to a session and are no facts."""
OF_EXPECTATIONS = {"rules": "规则", "measures": "措施"}
OF_DECISIONS = {"status": "状态", "outcome": "结论", "outcomes": "结论项", "possible": "可能", "needs": "须问"}
OF_MEASURES = {"include": "含", "exclude": "不含"}
STATUSES = {"decided": "确定", "undetermined": "待定", "conflict": "冲突", "uncovered": "未涵盖"}

OF_CASES = ("id", "findings")
RESERVED_FACTS = (
    *OF_FIXTURES,
    *OF_FIXTURES.values(),
    *OF_TELLINGS,
    *OF_TELLINGS.values(),
    *(word for key in (*JOINING, *OF_CASES) for word in (key, ZH[key])),
)
"""What no fact may be called: keys of conditions, cases and fixtures."""

RESERVED_OUTCOMES = ("conflict", "uncovered")
EMPTY_SET = "无"


def with_chinese(keys: tuple[str, ...]) -> dict[str, str]:
    """Keys with their Chinese form, or themselves where there is none."""
    return {key: ZH.get(key, key) for key in keys}


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that a mapping may have, those that it must have, and what it is called."""

    what: Text
    must: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
