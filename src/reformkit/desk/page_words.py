"""The words of the pages that come from no rulebook: headings, buttons, hints."""

from __future__ import annotations

from reformkit.text import Text

DESK = Text("案头", "The desk")
OTHER_LANGUAGE = Text("English", "中文")
DECISIONS = Text("决策", "Decisions")
MENU = Text("其他页面", "Other pages")
SKIP = Text("跳到表格", "Skip to the table")
RULE, OUTCOME = Text("规则", "Rule"), Text("结论", "Outcome")
ASSUMPTION = Text("假设", "assumption")
ASSUMED = Text("假", "assumed")
TRY = Text("试一件", "Try a case")
NEXT_QUESTION = Text("下一问", "Next question")
GIVEN_BEFORE = Text("改动之前", "Before the edit")
WHAT_CHANGES_IT = Text("怎样会不同", "What would change it")
FACTS = Text("事实", "Facts")
UNKNOWN = Text("不详", "unknown")
FOLLOWS = Text("推得：", "follows: ")
COUNTED = Text("计数", "count")
FROM_CASES = Text("取一件案件", "Take a case")
TAKE = Text("取用", "Take it")
SHOW = Text("显示", "Show")
CLEAR = Text("清空", "Clear")
FIND_RULE = Text("找规则（按 / 键）", "Find a rule (press /)")
SWITCHED_OFF = Text("已停用", "switched off")
EDIT = Text("编辑", "Edit")
CLOSE = Text("关闭", "Close")
UNSAVED = Text("未保存", "Unsaved:")
PLACES = Text("处", "")
UNDO, REDO, SAVE = Text("撤销", "Undo"), Text("重做", "Redo"), Text("保存…", "Save…")
MARKS = {"holds": "✓", "fails": "✗", "open": "?"}
VERDICTS = {
    "holds": Text("符合", "holds"),
    "fails": Text("不符合", "does not hold"),
    "open": Text("不详", "unknown"),
}
KEYS = Text("按键", "Keys")
ENTER_TITLE = Text("打开案头", "Opening the desk")
ENTER_WAIT = Text("正在打开……", "Opening …")
ENTER_FAILED = Text(
    "这个地址只能用一次，或者已经用过。请用 reformkit desk 重新启动，打开它印出的地址。",
    "This address is good once, and was used. Start reformkit desk again and open the address that it prints.",
)
NOT_FOUND = Text("没有这一页", "There is no such page")
BACK = Text("返回", "Back")
YAML = Text("YAML 原文", "As YAML")
NOT_ALONE = Text(
    "这条规则与别的内容写在同一行，不能单独编辑；请直接改文件。",
    "This rule shares its lines with something else and cannot be edited by itself; change the file.",
)
NOW = Text("现", "now")
