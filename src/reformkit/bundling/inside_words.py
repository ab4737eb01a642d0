"""What the page of the one file says, by name; its script asks for them in one language."""

from __future__ import annotations

from reformkit.text import COMMA, LABELLED, Lang, Text

WORDS: dict[str, Text] = {
    "assess": Text("研判一件", "One case"),
    "many": Text("年度与批量", "A year"),
    "desk": Text("规则", "Rules"),
    "about": Text("说明", "About"),
    "language": Text("English", "中文"),
    "next": Text("下一问", "Next question"),
    "why": Text("（关系到：{why}）", "(hangs on it: {why})"),
    "settled": Text("没有要问的了。", "Nothing more to ask."),
    "tag": Text("zh-CN", "en"),
    "comma": COMMA,
    "labelled": LABELLED,
    "template_name": Text("案件.xlsx", "cases.xlsx"),
    "known": Text("已填事实", "Facts so far"),
    "add": Text("补充事实", "Add a fact"),
    "choose": Text("请选择", "choose"),
    "remove": Text("删去", "Remove"),
    "yes": Text("是", "Yes"),
    "no": Text("否", "No"),
    "unknown": Text("不详", "Not known"),
    "give": Text("确定", "Enter"),
    "findings": Text("剖析发现", "Findings"),
    "cause": Text("症结", "Cause"),
    "matter": Text("事项", "Matter"),
    "evidence": Text("证据", "Evidence"),
    "add_finding": Text("补充发现", "Add a finding"),
    "id": Text("案件编号", "Case id"),
    "case": Text("案件", "Case"),
    "new": Text("另研判一件", "Another case"),
    "print": Text("打印", "Print"),
    "save_page": Text("存为网页", "Save as a page"),
    "save_case": Text("存案件", "Save the case"),
    "letters": Text("文书草稿", "Draft letters"),
    "letter_kind": Text("文种", "Letter"),
    "letter_note": Text(
        "按研判结果和本机关的 Word 模板起草，存为 .docx，未编号、未发文；编号、签发、送达在台账中办理。这里填的不随案件保存。",
        "Drafted from the assessment in the office's own Word template, saved as .docx, without number or date: those are given by the ledger. "
        "What is entered here is not saved with the case. Letters are in Chinese.",
    ),
    "letter_known": Text("已写入", "Written so far"),
    "letter_lacks": Text("还缺{number}项", "{number} still to be entered"),
    "optional": Text("（可不填）", " (may be left out)"),
    "each_line": Text("（一行一个）", " (one a line)"),
    "save_letter": Text("存为 Word 文件（草稿）", "Save as a Word file (draft)"),
    "open": Text("打开文件", "Open a file"),
    "drop": Text(
        "把案件文件（.yaml .json .csv .xlsx）拖到这里，或者点“打开文件”；先前下载的案件、规则册（.zip），测试案件（.cases.yaml）也这样打开。文件只在本机读取，不发送到任何地方。",
        "Drop case files here (.yaml .json .csv .xlsx), or choose them; so too a case or a rulebook (.zip) that was saved, and fixtures "
        "(.cases.yaml). They are read on this machine and sent nowhere.",
    ),
    "template": Text("下载空白工作簿", "An empty workbook"),
    "year": Text("年度", "Year"),
    "sum_up": Text("汇总", "Sum up"),
    "save_year_page": Text("存为网页", "Save as a page"),
    "save_year_book": Text("存为工作簿", "Save as a workbook"),
    "read": Text("读入{number}件", "{number} cases read"),
    "problems": Text("读入时的问题", "Problems on reading"),
    "open_case": Text("研判这一件", "Assess this one"),
    "working": Text("正在研判…", "Working …"),
    "with_fix": Text("{message}。{fix}。", "{message}: {fix}."),
    "reading": Text("正在读入…", "Reading …"),
    "not_taken": Text("没有读入“{name}”：", "{name} was not taken:"),
    "took_fixtures": Text(
        "已读入测试案件{number}件；在“规则”中改规则时一并检验。",
        "{number} fixtures read; edits under Rules are held to them.",
    ),
    "took_rules": Text(
        "已打开规则册：{title}。先前读入的案件已关闭。", "Opened: {title}. Cases that were read before are closed."
    ),
    "failed": Text("出现意外，未能完成：{why}", "Something unforeseen happened: {why}"),
    "not_saved": Text(
        "规则的改动只在本页中试用，关闭即失；要留下，下载规则册。",
        "Edits of rules are tried in this page and are lost when it is closed; download the rulebook to keep them.",
    ),
    "broken_rules": Text(
        "改动中还有错误，成不了规则册；先按提示改正或撤销，再下载。",
        "The edits hold errors and make no rulebook; mend or undo them, then download.",
    ),
    "save_rules": Text("下载规则册（.zip）", "Download the rulebook (.zip)"),
    "about_text": Text(
        "本文件内含引擎、规则册和措施库，断网可用，不安装、不联网、不留痕；研判结果供参考，由有权机关决定。"
        "需用 2023 年底以后的浏览器：Chrome、Edge 119，Firefox 119，Safari 17.2，360、QQ 等用极速模式且内核不低于 119；IE 不可用。",
        "This file holds the engine, a rulebook and its measures. It works without a network, installs nothing and stores nothing; what "
        "it says is advice. It needs a browser of late 2023 or later: Chrome or Edge 119, Firefox 119, Safari 17.2; not Internet Explorer.",
    ),
    "notices": Text("所含软件及其许可", "Software in this file and its licences"),
}


def words(lang: Lang) -> dict[str, str]:
    """All of them in one language; blanks stay for the script to fill."""
    return {name: text.say(lang) for name, text in WORDS.items()}
