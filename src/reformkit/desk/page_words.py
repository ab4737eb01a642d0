"""The words of the pages that come from no rulebook: headings, buttons, hints."""

from __future__ import annotations

from reformkit.text import COMMA as COMMA  # noqa: PLC0414 (pages join lists by it)
from reformkit.text import LABELLED as LABELLED  # noqa: PLC0414 (and say what something is)
from reformkit.text import Text

DESK = Text("案头", "The desk")
OTHER_LANGUAGE = Text("English", "中文")
DECISIONS = Text("决策", "Decisions")
MENU = Text("其他页面", "Other pages")
SKIP = Text("跳到表格", "Skip to the table")
RULE, OUTCOME = Text("规则", "Rule"), Text("结论", "Outcome")
ASSUMPTION = Text("假设", "assumption")
ASSUMED = Text("假", "assumed")
TRY = Text("试算案件", "Try a case")
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
    "这个地址只能用一次，现已失效。请重新运行 reformkit desk，打开新给出的地址。",
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
SAVED = Text("已保存", "Saved")
STAGE = Text("看影响", "Show the effect")
LINE = Text("第{number}行", "line {number}:")
EFFECT = Text("改动的影响", "What the edit does")
NOTHING_STAGED = Text(
    "点规则编号即可修改。改一个字，这里就给出：影响哪些案件、哪些情形的结论会变、测试和证明是否仍然成立。保存之前不写任何文件。",
    "Pick a rule to edit it. As you type, this says which cases change, for exactly which the outcome differs, and whether "
    "fixtures and proofs still hold. Nothing is written before you save.",
)
CLASH = Text("所改之处在文件中已被别人改动。", "What you edit was changed in its file by someone else.")
WORKING = Text("正在计算……", "Working …")
WORKING_ON = {
    "cases": Text("正在比较案件……", "Comparing cases …"),
    "regions": Text("正在求结论会变的情形……", "Finding for which cases outcomes differ …"),
    "proofs": Text("尚在证明……", "Proving …"),
    "fixtures": Text("正在跑测试……", "Running fixtures …"),
    "mutants": Text("正在逐处试改规则……", "Trying mutants …"),
}
NOT_FINISHED = Text(
    "这一步算不完，已停下；改动照常可以保存。要得到完整结果，保存后运行 reformkit check 和 reformkit diff。",
    "This step takes too long and was given up; the edit can be saved all the same. reformkit check and reformkit diff say the rest.",
)
TOUCHES = Text("此改动影响 {changed} 件（共 {of} 件）", "This edit changes {changed} of {of} cases")
CASES = Text("{number} 件", "{number}")
NO_CASES = Text(
    "没有给出案件，看不到影响几件：案头用 --cases 指定案件文件，单文件把案件表格拖进来。",
    "No cases were given that might change: name a file with --cases, or drop one on the one file.",
)
OTHER_MEASURES = Text("其中 {number} 件的措施建议有变化。", "For {number} of the cases other measures are recommended.")
REGIONS = Text("所有可能的案件中，结论会变的情形", "Of all possible cases, those that come out otherwise")
NO_REGIONS = Text("没有：结论处处相同。", "None: every outcome is as it was.")
MORE = Text("另有 {number} 种。", "And {number} more.")
SOUND = Text("证明：无遗漏、无冲突，没有永不成立或多余的规则", "Proven: no gap, no conflict, no dead or redundant rule")
UNSOUND = Text("证明有问题：", "Not all is proven:")
FIXTURES = Text("测试案件 {passed}/{of} 符合预期", "Fixtures: {passed} of {of} as expected")
FAILING = Text("未过：", "Failing: ")
NO_FIXTURES = Text(
    "没有给出测试案件，不能检验，也不逐处试改：案头用 --cases 指定测试案件文件夹，单文件把 .cases.yaml 拖进来。",
    "No fixtures were given, so none is run and no mutant is tried: name a folder with --cases, or drop a .cases.yaml on the one file.",
)
MUTANTS = Text("逐处试改规则：{of} 处中有 {noticed} 处能被测试案件发现", "Mutants: fixtures notice {noticed} of {of}")
TOO_MANY_RULES = Text(
    "规则过多，不在此逐处试改；可运行 reformkit test --mutate。",
    "Too many rules to try mutants here; reformkit test --mutate does.",
)
SAVE_TITLE = Text("保存改动", "Save the edits")
WHAT_CHANGES = Text("改了哪几行", "Which lines change")
NOTE = Text("说明（写入改动记录）", "Note (kept with the edit)")
DO_SAVE = Text("保存", "Save")
DROP = Text("放弃全部未保存的改动", "Drop all unsaved edits")
WAS_SAVED = Text("已保存：", "Saved:")
TAKE_BACK = Text("撤销这次保存", "Undo this save")
STALE = Text("改动之处已经不同", "What you edited is no longer the same")
STALE_HOW = Text(
    "两边的文字如下，什么都没有写入。请把要保留的内容另行抄下，放弃后在现在的文字上重改。",
    "Both texts are below, and nothing was written. Keep what you need, drop your edit and make it again on what is there now.",
)
THEIRS, MINE = Text("文件里现在的文字", "What is there now"), Text("你改成的文字", "What you made of it")
PARAMETERS = Text("参数", "Parameters")
PARAMETERS_HOW = Text(
    "改一个数，右侧即给出影响几件、从哪里变到哪里。保存之前不写任何文件。",
    "Change a number, and the right side says how many cases change, and from what to what. Nothing is written before you save.",
)
ALWAYS = Text("任何时间", "At any time")
USED_BY = Text("用于：", "Used by:")
NOWHERE = Text("没有规则用到", "no rule")
CELL_HOW = Text("按回车改这一格，Esc 放弃", "Enter edits this cell, Esc leaves it")
HELP = (
    ("← ↑ → ↓", Text("在表格中移动", "move in the table")),
    (
        "Enter",
        Text("在格中：改这一格；在规则编号上：编辑这条规则", "in a cell: edit it; on a rule's id: edit the rule"),
    ),
    ("Esc", Text("放弃这一格的改动，离开编辑框", "leave a cell as it was, leave the editor")),
    ("n", Text("到下一问", "to the next question")),
    ("/", Text("找规则", "find a rule")),
    ("Ctrl+Z / Ctrl+Y", Text("撤销、重做未保存的改动", "undo and redo edits that are not saved")),
    ("?", Text("这张按键表", "this list of keys")),
)
FIXTURES_TITLE = Text("测试案件", "Fixtures")
PASSING = Text("符合预期的", "As expected")
UNCONFIRMED = Text("预期尚待人确认", "not yet confirmed by a person")
MEASURES = Text("措施库", "The measures")
FIND_MEASURE = Text("找措施（按 / 键）", "Find a measure (press /)")
RECOMMENDED = Text("建议采用", "recommended")
YEAR_FILE, YEAR_ALL = Text("案件文件", "File of cases"), Text("全部文件", "All files")
YEAR_HAND_IN = Text("交一个案件文件看年度：", "Hand in a file of cases to see its year:")
YEAR_PROBLEMS = Text("这个文件有{number}处问题（列出{shown}处）", "{number} problems in this file ({shown} shown)")
YEAR_NOT_KEPT = Text("只在内存里，不保存。", "Held in memory only, not kept.")
YEAR_YEAR, YEAR_OF = Text("年度", "Year"), Text("{year}年（{number}件）", "{year} ({number})")
USE = Text("这条规则管到的", "What this rule does")
USE_CASES = Text(
    "已保存的规则下，由它定论的案件 {decided} 件（共 {of} 件）：",
    "By the saved rules it decides {decided} of {of} cases:",
)
USE_FIXTURES = Text("由它定论的测试案件 {decided} 个（共 {of} 个）：", "It decides {decided} of {of} fixtures:")
USE_MUTANTS = Text(
    "逐处试改这条规则：{of} 处中有 {noticed} 处能被测试案件发现",
    "Mutants of this rule: fixtures notice {noticed} of {of}",
)
HISTORY = Text("保存记录", "Saves of this rule")
NO_HISTORY = Text("在案头还没有保存过对这条规则的改动。", "No edit of this rule was saved at the desk yet.")
HISTORY_CASES = Text("影响 {changed} 件（共 {of} 件）", "{changed} of {of} cases changed")
HISTORY_BACK = Text("保存后撤销", "a save undone")

# The workbook.
WORKBOOK = Text("规则工作簿", "Rules as a workbook")
WORKBOOK_OUT = Text(
    "导出的工作簿含尚未保存的改动；在 Excel、WPS 或 LibreOffice 中改好后，在下面导入。",
    "The workbook has what is staged. Change it in Excel, WPS or LibreOffice, and take it back below.",
)
WORKBOOK_DOWNLOAD = Text("导出 .xlsx", "Save as .xlsx")
WORKBOOK_BACK = Text("导入", "Take a workbook back")
WORKBOOK_GIVE = Text("改好的工作簿：", "The changed workbook:")
WORKBOOK_TICK = Text("勾选要采用的改动；采用后先暂存，保存之前不写任何文件。", "Tick what is to be taken. It is staged first; nothing is written before it is saved.")  # fmt: skip
WORKBOOK_CELL, WORKBOOK_CHANGE = Text("单元格", "Cell"), Text("改动", "Change")
WORKBOOK_BLANK = Text("（空）", "(blank)")
WORKBOOK_TAKE = Text("采用勾选的改动", "Take what is ticked")
WORKBOOK_SAME = Text("工作簿和规则册没有差别。", "The workbook and the rulebook say the same.")
WORKBOOK_DROP = Text("移除这个工作簿", "Put this workbook away")
