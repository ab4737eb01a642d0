"""The problems of how values are written: keys in their normal form, words for what is not known, ids (8xx)."""

from __future__ import annotations

from reformkit.problem_codes.code import Code, error, warning

WRITTEN: dict[str, Code] = {
    "RK801": warning(
        "“{fact}”写作“{word}”，第 {number} 个字符是{char}；比较时按“{key}”",
        "`{fact}` is written `{word}`, whose character {number} is {char}; it is compared as `{key}`",
        "删去或改正这个字符；本来如此的，不必处理",
        "delete or change the character; if it is meant to be there, nothing needs doing",
    ),
    "RK802": warning(
        "“{fact}”写作“{word}”，{first}写作“{other}”；比较时是同一个“{key}”",
        "`{fact}` is written `{word}`, and `{other}` on {first}; both are compared as `{key}`",
        "改为同一写法；确是两处的，改用能分清的名称",
        "write both in the same way; if they are two, give them names that can be told apart",
    ),
    "RK803": warning(
        "“{fact}”写的是“{word}”，按不知道处理",
        "`{fact}` says `{word}`, which is taken as not known",
        "查明后填写；确不知道的，留空",
        "fill it in once it is known; leave it out until then",
    ),
    "RK804": error(
        "“{fact}”不能写“{word}”：看不出是没有，还是不知道",
        "`{fact}` cannot be `{word}`: that may mean none, or not known",
        "不知道的留空；不属于任何街道、乡镇的，填“区直”（或旗直、县直、市直）",
        "leave it out if it is not known; for a unit of no subdistrict or township write 区直 (or 旗直, 县直, 市直)",
    ),
    "RK805": error(
        "案件编号“{word}”与{first}的“{other}”写法不同，比较时却是同一个“{key}”",
        "the case id `{word}` is not written as `{other}` on {first}, but both are compared as `{key}`",
        "是同一案件的，改为同一写法并删去一处；是两个案件的，换一个编号",
        "if they are one case, write the id in one way and delete one; if they are two, give one another id",
    ),
    "RK806": warning(
        "“{fact}”写成公式{word}，按“{id}”读取",
        "`{fact}` is the formula `{word}` and is read as `{id}`",
        "不必处理；也可在 Excel 中把这一列设为文本",
        "nothing needs doing; in Excel you may format the column as text",
    ),
    "RK807": warning(
        "“{fact}”写作“{word}”，是 Excel 改成的科学记数，后几位可能已经丢失",
        "`{fact}` is `{word}`: Excel has made a rounded number of it, and digits may be lost",
        "在 Excel 中把这一列设为文本，重新填写编号后再导出",
        "format the column as text in Excel, write the ids again and export it anew",
    ),
    "RK808": error(
        "“{column}”这一列写的是姓名、证件号码一类，不读取，也不带出",
        "the column `{column}` holds names or identity numbers; it is not read and not passed on",
        "删去这一列；案件只用编号",
        "delete the column; a case is known by its id only",
    ),
    "RK809": warning(
        "列“{column}”不是事实，未予采用{hint}",
        "the column `{column}` is no fact and is not used{hint}",
        "所写若是某项事实，改用其名称；不是的不必处理，写入词表的 carried（随带列）后不再提示",
        "if it is a fact, head it with its label; else nothing needs doing, and once it is listed under `carried` in the vocabulary nothing more is said of it",
    ),
    "RK810": warning(
        "第 {line} 行是“{word}”行，不作案件",
        "row {line} is a row of totals (`{word}`) and no case",
        "不必处理；确是案件的，改正编号",
        "nothing needs doing; if it is a case, give it its id",
    ),
    "RK819": warning(
        "第 {line} 行的编号是“{word}”，是表头，不作案件",
        "row {line} has `{word}` for its id: it is a header and no case",
        "重复的表头不必处理；表头有几行的，只留写着各项事实名称的一行",
        "a header that comes again needs nothing; of a header of several rows keep the one that names the facts",
    ),
    "RK838": warning(
        "第 {line} 行是表下的“{word}”，不作案件",
        "row {line} is a note beneath the table (`{word}`) and no case",
        "不必处理；确是案件的，改正编号",
        "nothing needs doing; if it is a case, give it its id",
    ),
    "RK839": error(
        "“{column}”有两列，这一行写的不一样：前一列“{other}”，这一列“{word}”",
        "there are two columns `{column}`, and this row differs in them: `{other}` in the first, `{word}` in this one",
        "删去其中一列，留下正确的",
        "delete one of the columns and keep the one that is right",
    ),
    "RK821": error(
        "各列之间用的是{separator}，应为半角逗号",
        "the columns are separated by {separator} and not by commas",
        "另存为“CSV（逗号分隔）”，或存为 .xlsx",
        "save it as CSV with commas, or as .xlsx",
    ),
    "RK822": error(
        "“{word}”的名称中有“{char}”，表格中以它分隔标签，写不出这个标签",
        "the label of `{word}` holds `{char}`, by which tables separate tags: no table could state it",
        "改用逗号、顿号等，或换一个标签",
        "use another character, or another label",
    ),
    "RK823": warning(
        "“{column}”不是事实，照原样带出，但这一格读不出，带出为空",
        "`{column}` is no fact and is passed on as it stands, but this cell cannot be read and is passed on blank",
        "改正这一格；不必带出的，不必处理",
        "mend the cell; if it need not be passed on, nothing needs doing",
    ),
    "RK824": warning(
        "“{column}”不是事实，类型 {type} 写不进表格，只带出到 Parquet",
        "`{column}` is no fact, and its type {type} fits into no table; it is passed on to Parquet only",
        "需要带出的，存为文字、数或日期；否则不必处理",
        "store it as text, numbers or days if it is to be passed on; otherwise nothing needs doing",
    ),
    "RK820": warning(
        "本文件还有 {more} 处提示没有列出",
        "this file has {more} more warnings that are not listed",
        "先看已列出的；各案自己的提示随案保留",
        "look at those that are listed first; each case keeps its own",
    ),
}
