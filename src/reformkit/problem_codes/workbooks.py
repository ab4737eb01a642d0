"""The problems of workbooks of rules: cells, rows, sheets, and what clashes with the folder."""

from __future__ import annotations

from reformkit.problem_codes.code import Code, error, note, warning

WORKBOOKS: dict[str, Code] = {
    "RK860": error(
        "“{fact}”这一格“{word}”读不懂：{reason}",
        "the cell of `{fact}` cannot be read, `{word}`: {reason}",
        "几个取值之间用“；”，几个条件之间用“，”；本身带这些符号的，用英文引号括起来",
        "put `;` between values and `,` between tests; words that hold these stand in double quotes",
    ),
    "RK861": error(
        "“{fact}”是{type}，不能写成“{word}”",
        "`{fact}` is of type {type} and cannot be asked `{word}`",
        "写成 {write}",
        "write {write}",
    ),
    "RK862": error(
        "“{id}”的“{heading}”两边都改了：导出时是“{base}”，工作簿改为“{sheet}”，规则册现在是“{now}”",
        "`{heading}` of `{id}` was changed on both sides: it was `{base}`, the workbook says `{sheet}`, and the rulebook now says `{now}`",
        "商定取哪一个；要取工作簿的，先把 YAML 改回导出时的样子；要取规则册的，重新导出",
        "settle which is to stand; for the workbook's put the YAML back as it was, for the rulebook's export again",
    ),
    "RK863": error(
        "“{id}”的一行没有了：{words}",
        "the row of `{id}` is gone: {words}",
        "确要删除的，导入时加 --delete；误删的，在工作簿里恢复这一行",
        "if it is to be deleted, import with --delete; if not, put the row back",
    ),
    "RK864": error(
        "这里不能这样改：{reason}",
        "this cannot be changed so here: {reason}",
        "在工作簿里改回原样，需要时在 YAML 中改",
        "put it back as it was, and change it in the YAML where it is needed",
    ),
    "RK865": error(
        "{range} 合并成了一格，只有 {first} 有内容，其余各行的值不明",
        "{range} is merged into one cell; only {first} holds a value, so the other rows state none",
        "取消合并，每行各填各的",
        "unmerge the cells and fill in each row",
    ),
    "RK866": warning(
        "这一格是公式 {formula}，取了它存下的结果“{word}”",
        "this cell is the formula {formula}; its stored result `{word}` was taken",
        "改为填定的值，免得结果随别处变化",
        "put the value itself there, so that it does not change with others",
    ),
    "RK867": warning(
        "这一行是隐藏的或被筛掉的，照样读了",
        "this row is hidden or filtered out, and was read like the others",
        "取消隐藏看一看；不要的，删去整行",
        "unhide it and look; if it is not wanted, delete the row",
    ),
    "RK868": error(
        "这张表没有“{heading}”一列{near}",
        "this sheet has no column `{heading}`{near}",
        "把表头改回原来的名称；整列删掉了的，从导出的工作簿中补回",
        "give the heading its name back; put a column that was deleted back from an export",
    ),
    "RK869": warning(
        "“{heading}”这一列没有读{near}",
        "the column `{heading}` was not read{near}",
        "要加条件的，表头写事实的名称；只是备注的，不必处理",
        "for a further condition write the label of a fact; if it is a remark, leave it",
    ),
    "RK870": warning(
        "没有工作表“{title}”，其中的内容照规则册现有的不动",
        "there is no sheet `{title}`; what it held stays in the rulebook as it is",
        "工作表改了名的，改回来；有意删去的，不必处理",
        "if it was renamed, give it its name back; if it was left out on purpose, leave it",
    ),
    "RK871": note(
        "工作表“{title}”没有读",
        "the sheet `{title}` was not read",
        "不必处理；规则只从导出的各张表中读",
        "nothing needs doing: rules are read from the sheets that were exported only",
    ),
    "RK881": error(
        "工作表“{title}”像是改了名的“{like}”，没有读",
        "the sheet `{title}` looks like `{like}` by another name, and was not read",
        "把名称改回“{like}”；不是它的，把这张表移出工作簿",
        "give it its name back, `{like}`; if it is not that sheet, move it out of the workbook",
    ),
    "RK882": warning(
        "工作表“{title}”像是“{like}”的副本，没有读",
        "the sheet `{title}` looks like a copy of `{like}`, and was not read",
        "要导入的改动，写在“{like}”里；副本不用的，删去",
        "write what is to be taken back into `{like}`; delete a copy that is not needed",
    ),
    "RK872": error(
        "这个工作簿不能收进这个规则册：{reason}",
        "this workbook cannot be taken into this rulebook: {reason}",
        "用 reformkit export 重新导出，在导出的工作簿上改；隐藏的工作表不要动",
        "export it again with reformkit export and work on that, leaving its hidden sheet alone",
    ),
    "RK873": error(
        "这一行或者这一格不能用：{reason}",
        "this row or cell cannot be used: {reason}",
        "按所说的改正",
        "mend it as it says",
    ),
    "RK874": warning(
        "“{id}”的“{heading}”只改了一种语言，另一种语言的文字没有动",
        "`{heading}` of `{id}` was changed in one language, and its text in the other was not",
        "在 YAML 中看一看另一种语言的文字是否还合适",
        "look in the YAML whether the text in the other language still says the same",
    ),
    "RK875": error(
        "这处改动写不进 YAML：{reason}",
        "this change cannot be put into the YAML: {reason}",
        "在 YAML 中改",
        "change it in the YAML",
    ),
    "RK876": error(
        "改了以后，规则册就有错：{said}",
        "with this change the rulebook would have an error: {said}",
        "在工作簿里改正；这一次什么都没有写",
        "mend it in the workbook; nothing was written this time",
    ),
}
