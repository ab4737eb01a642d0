"""The fixed words of the rule language, in English and in Chinese.

Long because it is one list of them.
"""

from __future__ import annotations

from collections.abc import Container
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
    "enabled": "启用",
    "gives": "附带",
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
    "side": "方向",
    "sharing": "共有",
    "where": "限于",
    # the rulebook and its vocabulary
    "name": "名",
    "version": "版本",
    "language": "规则语言",
    "authority": "机关",
    "vocabulary": "词表",
    "measures": "措施",
    "documents": "文件",
    "roles": "角色",
    "duty": "职责",
    "held_by": "承担",
    "by_source": "分来源",
    "fields": "事实",
    "type": "类型",
    "ask": "提问",
    "places": "小数位",
    "min": "最小",
    "max": "最大",
    "personal": "个人信息",
    "derived": "推得",
    "unknown_words": "不知",
    "carried": "随带",
    "of_finding": "属剖析发现",
    "same_year": "同年",
    "days_since": "距研判日数",
    "group_of": "所属组",
    "group": "所属",
    "category": "大类",
    "was": "曾用名",
    "of": "取自",
    "dates": "日期",
    "assessed": "研判",
    "checks": "核对",
    "years": "年份",
    "never": "不应同时",
    # causes, references and measures
    "weak_points": "症结方向",
    "causes": "症结",
    "references": "引用文件",
    "checked": "核对程度",
    "issuer": "制定机关",
    "history": "沿革",
    "citable": "可引用",
    "uncited": "无引用仍留",
    "clauses": "条款",
    "document": "所在文本",
    "quote": "原文",
    "gist": "大意",
    "since_note": "施行日说明",
    "weak_point": "方向",
    "text": "内容",
    "addresses": "所答症结",
    "as": "作用",
    "why": "作用说明",
    "variants": "分情形写法",
    "industry": "所属系统",
    "unit_kind": "单位类型",
    "by_unit": "分单位牵头",
    "layers": "适用层次",
    "practices": "各层做法",
    "lead": "牵头",
    "due_days": "期限日数",
    "accept": "验收标准",
    "serves": "三不",
    "clause": "条款",
    "use": "引用方式",
    # procedures
    "procedures": "流程",
    "defaults": "默认",
    "extend": "延期",
    "suspend": "中止",
    "dispatch": "月调度",
    "mark": "字头",
    "for": "适用",
    "source": "来源",
    "opened_as": "立为",
    "steps": "步骤",
    "review": "复核",
    "role": "责任角色",
    "to": "发往",
    "after": "先办",
    "act": "办法",
    "opinion": "意见",
    "letter": "文书",
    "results": "报送成果",
    "papers": "材料",
    "needs": "须有",
    "apart_from": "回避",
    "elsewhere": "他处做法",
    "due": "时限",
    "on_rejected": "未通过",
    "on_failed": "不合格",
    "optional": "可免",
    "each": "逐一",
    "end": "终点",
    "days": "日",
    "workdays": "工作日",
    "months": "月",
    "from": "起算",
    "before": "早于",
    "if_startup": "启动结论",
    "back_to": "退回",
    "times": "次数",
    "marks": "标记",
    "asks": "复核项",
    "workday": "第几个工作日",
    # offices and calendars
    "office": "机关",
    "region": "地区代码",
    "code": "代字",
    "discipline": "纪委",
    "supervision": "监委",
    "commission": "纪委监委",
    "enter_for_units": "代录",
    "bodies": "机构",
    "units": "单位",
    "accounts": "账号",
    "apart": "不得兼任",
    "late_entry": "补录",
    "numbering": "编号方式",
    "folder": "文件夹",
    "most_mb": "上限兆字节",
    "holds": "承担角色",
    "contact": "联系方式",
    "body": "所属机构",
    "known_until": "核对至",
    "local": "本地",
    "work": "上班",
    "calendar": "工作日历",
    # cases
    "findings": "剖析发现",
    "cause": "症结",
    "matter": "事项",
    "evidence": "证据",
    "unit": "所涉单位",
    # letters
    "sets": "成套",
    "members": "成员",
    "names": "名义",
    "origins": "问题来源",
    "wording": "措辞",
    "letters": "文书",
    "placeholders": "占位符",
    "head": "机关标志",
    "seal": "落款",
    "sent_by": "发文",
    "sent_to": "主送",
    "party": "限党组织",
    "sheet": "版式",
    "series": "代字类别",
    "template": "模板",
    "reply": "须回复",
    "subject": "题目",
    "reason": "缘由",
    "objection": "异议",
    "consequences": "后果",
    "legal_basis": "文书依据",
    "consequences_basis": "后果依据",
    "parts": "各项",
    "issue": "问题",
    "issue_bare": "没有事实的问题",
    "suggestion": "建议",
    "responsible": "责任",
    # figures
    "figures": "指标",
    "sum": "合计",
    "passed": "通过",
    "counter": "量词",
    "decimals": "小数位",
    "note": "说明",
    # the words of a casebook
    "replace": "改写",
    "lesson": "可借鉴处",
    "omit": "不收录",
    "by": "分组",
    "period": "统计期",
    "column": "口径",
    "indicators": "填报指标",
    "reform": "促改占比",
    "few": "过少",
    "caption": "图注",
    "sample": "须附样本数",
    "covers": "包含",
    "expect": "已公布",
    "layer": "层级",
    "township": "镇街",
    "responsible_unit": "责任单位",
    "department": "部门",
    # sources of items
    "case": "案件",
    "special": "专项",
    "feedback": "反馈",
    "inspection": "巡察",
}
"""The Chinese form of each key; a key that is not here has none."""

HITS = {"first": "首条", "unique": "唯一", "any": "一致", "collect": "汇总", "priority": "优先"}
BASIS_KINDS = {"report": "报告", "law": "法规", "practice": "惯例", "assumption": "假设"}
CITED_KINDS = {kind: BASIS_KINDS[kind] for kind in ("report", "practice", "assumption")}
FIELD_TYPES = {
    "choice": "选项",
    "flag": "是否",
    "count": "数目",
    "number": "数值",
    "date": "日期",
    "text": "文字",
    "tags": "标签",
}
COUNTED = {"cases": "案件数", "distinct": "不同项"}
SIDES = {"before": "此前", "both": "前后"}
CHECKED = {"clause": "条文", "reprint": "转载", "title": "题名", "none": "无"}
ROLES = {"main": "主措施", "also": "兼及"}
USES = {"rely": "依据", "refer": "参照"}
STARTS = {"letter_received": "收到三书", "decision_announced": "处分决定宣布", "plan_approved": "方案批准"}
SERVES = {"dare_not": "不敢", "cannot": "不能", "will_not": "不想"}
FINDING_PARTS = {part: ZH[part] for part in ("cause", "matter")}
DOINGS = {"receipt": "签收", "acceptance": "验收", "visit": "回访"}
NEEDS = {
    "reason": "理由",
    "suspected_cause": "疑似症结",
    "found_cause": "查明症结",
    "suggestion": "促改建议",
    "reply_by": "回复期限",
    "judgement_each_criterion": "逐条判定",
    "evidence_each_criterion": "逐条佐证",
    "joined_items": "并入案件",
    "paper": "书面材料",
}
ENDS = {"archived": "已归档", "declined": "未启动", "stopped": "已终止"}
EACH = {"suggestion": "促改建议", "unit": "单位"}
THEN = {"escalate": "督办"}
NUMBERINGS = {"ledger": "台账", "stated": "填报"}
CODES = ("discipline", "supervision", "commission", "office")
COUNTABLE = {
    "items": "事项",
    "letters": "文书",
    "suggestions": "建议",
    "replies": "应回复",
    "acceptances": "首次验收",
    "visits": "回访",
}
GROUPS = {
    "region": "地区",
    "township": "镇街",
    "responsible_unit": "责任单位",
    "industry": "行业",
    "year": "年度",
}
COLUMNS = {"reported": "报送", "accepted": "验收"}
SHEETS = {"head": "文件", "letter": "信函", "form": "表"}
LETTER_SOURCES = {
    "head": "发文机关",
    "seal": "署名",
    "office": "机关",
    "title": "文种",
    "number": "发文字号",
    "subject": "标题",
    "matter": "事由",
    "recipient": "主送",
    "copies": "抄送",
    "reason": "缘由",
    "issues": "问题清单",
    "suggestions": "建议清单",
    "legal_basis": "依据",
    "reply_by": "回复期限",
    "objection": "异议",
    "consequences": "后果",
    "enclosures": "附件",
    "signed_by": "签发",
    "contact": "联系",
    "body": "回复机构",
    "issued_on": "成文日期",
    "item": "事项编号",
    "case": "案件编号",
    "unit": "单位",
    "summary": "案情",
    "opinion": "意见",
    "opinion_reason": "理由",
    "layer": "层次",
    "overdue": "逾期事项",
    "served": "送达文书",
    "received_on": "收到日期",
    "checked_on": "检查日期",
    "result": "检查结果",
    "dispatched_on": "调度日期",
    "next_dispatch": "下次调度",
    "counts": "调度摘要",
    "rows": "调度清单",
    "anchor": "校验码",
}
LETTER_PARTS = {
    "cause": "症结",
    "direction": "方向",
    "finding": "事实",
    "said": "成文",
    "id": "编号",
    "measure": "措施",
    "text": "正文",
    "responsible": "责任",
    "due": "期限",
    "criteria": "标准",
    "evidence": "佐证",
    "judged": "结论",
    "section": "类别",
    "item": "事项",
    "unit": "单位",
    "step": "环节",
    "holder": "责任机构",
    "first": "首次期限",
    "on": "期限日",
    "note": "说明",
}
"""What a placeholder of letters is filled from, and the parts of its entries."""
TRUE, FALSE = ("true", "是"), ("false", "否")

JOINING = ("any", "all", "not")
BOUNDS = ("at_least", "more_than", "at_most", "less_than")
INCLUDES = ("includes", "includes_any", "includes_all", "includes_none")
AS_OF = "as_of"
OF_FIXTURES = {
    "name": "名称",
    "confirmed": "已确认",
    AS_OF: "研判日期",
    "letter_on": "文书日期",
    "history": "其他案件",
    "expect": "预期",
}
"""Keys of a fixture that are no part of its case."""
OF_TELLINGS = {"on": "得知日期", "retract": "撤回", "forget": "整案撤回"}
"""Keys of a line that is told to a session and are no facts."""
OF_EXPECTATIONS = {"rules": "规则", "measures": "措施"}
OF_DECISIONS = {
    "status": "状态",
    "outcome": "结论",
    "outcomes": "结论项",
    "possible": "可能",
    "needs": "须问",
    "gives": ZH["gives"],
}
OF_MEASURES = {"include": "含", "exclude": "不含"}
STATUSES = {"decided": "确定", "undetermined": "待定", "conflict": "冲突", "uncovered": "未涵盖"}

OF_CASES = ("id", "findings")
RESERVED_FACTS = (
    *OF_FIXTURES,
    *(word for key, word in OF_FIXTURES.items() if key != AS_OF),
    *OF_TELLINGS,
    *OF_TELLINGS.values(),
    *(word for key in (*JOINING, *OF_CASES) for word in (key, ZH[key])),
)
"""What no fact may be called: keys of conditions, cases and fixtures; but for the day of judging, which may be one."""

RESERVED_OUTCOMES = ("conflict", "uncovered")
EMPTY_SET = "无"


def spelt(key: str) -> Text:
    """A key as it is written in each language; one without a Chinese form is English in both."""
    return Text(ZH.get(key, key), key)


def of_fixtures(labels: Container[str]) -> dict[str, str]:
    """The keys of a fixture in both languages; where the Chinese word is a fact's, it stands for that."""
    return {key: key if word in labels else word for key, word in OF_FIXTURES.items()}


def with_chinese(keys: tuple[str, ...]) -> dict[str, str]:
    """Keys with their Chinese form, or themselves where there is none."""
    return {key: ZH.get(key, key) for key in keys}


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that a mapping may have, those that it must have, and what it is called."""

    what: Text
    must: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
