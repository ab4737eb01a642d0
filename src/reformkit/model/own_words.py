"""Words of office tables that reformkit knows itself, where a vocabulary does not say so."""

from __future__ import annotations

UNKNOWN_WORDS = (
    *("不详", "未详", "不明", "未明", "未知", "不知", "不知道", "不清", "不清楚", "未填", "待定", "待补", "待补充"),
    *("待查", "待查明", "待核", "待核实", "未查明", "未核实", "尚未查明", "暂不清楚", "暂无", "暂缺", "未提供"),
    *(
        "待确认",
        "待调查",
        "待了解",
        "不确定",
        "无法确定",
        "无法查明",
        "查不到",
        "查无",
        "记不清",
        "未掌握",
        "未明确",
        "不明确",
    ),
    *(
        "未填写",
        "未填报",
        "未登记",
        "未记录",
        "未注明",
        "缺",
        "缺失",
        "空",
        "空白",
        "略",
        "保密",
        "涉密",
        "见附件",
        "详见附件",
    ),
    *("同上", "同前", "〃"),  # of the row above, which sorting and filtering change
    *("/", "\\", "-", "--", "—", "——", "?", "??", "N/A", "NA", "null", "none", "nil", "NaN", "unknown", "TBD"),
    *("N.A.", "n.d.", "not known", "not stated", "not available", "undefined", "missing", "pending", "tbc", "blank"),
)
"""What people write for "not known", where a vocabulary does not say so itself."""

NONE_WORDS = ("无", "没有", "不涉及", "不适用", "不存在", "无此项", "not applicable")
"""What people write where something is not there, or where they do not know: of a place it cannot be told which."""

CARRIED = ("序号", "备注", "说明", "承办部门", "承办单位", "承办科室", "填报单位", "填报日期", "填报时间")
"""Columns that offices keep beside the facts, where a vocabulary does not say so itself."""

ANY_TEXT = "某某"
"""What stands in a case that is made up for a text of which nothing hangs on what it says."""
