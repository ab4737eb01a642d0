"""The problems of tables: columns, Parquet files, workbooks."""

from __future__ import annotations

from reformkit.problem_codes.code import Code, error, note, warning

TABLES: dict[str, Code] = {
    "RK188": warning(
        "这些字节既是 UTF-8 的“{utf8}”，也是 GB18030 的“{gb18030}”，按 {taken} 读取",
        "these bytes are `{utf8}` in UTF-8 and `{gb18030}` in GB18030; the file was read as {taken}",
        "在编辑器中另存为带 BOM 的 UTF-8，即无疑义",
        "save the file as UTF-8 with a byte order mark, and there is no doubt",
    ),
    "RK189": error(
        "这一行是 {other}，文件的其余部分是 {encoding}",
        "this line is in {other}, and the rest of the file in {encoding}",
        "在编辑器中核对，全文用同一种编码另存",
        "look at it in an editor and save the whole file in one encoding",
    ),
    "RK190": note(
        "列“{column}”不是事实名，未予采用；最接近的是“{near}”",
        "the column `{column}` is no fact and is not used; the nearest is `{near}`",
        "如指该事实，把列名改为“{near}”；否则不必处理",
        "if that fact is meant, rename the column to `{near}`; otherwise leave it",
    ),
    "RK191": error(
        "这不是完好的 {kind} 文件：{reason}",
        "this is no {kind} file, or a damaged one: {reason}",
        "从原系统重新导出，或重新复制一份",
        "export it again from where it comes from, or copy it again",
    ),
    "RK192": error(
        "“{fact}”这一列是{want}，不能是 {word} 型",
        "the column `{fact}` holds {want} and cannot be of the type {word}",
        "导出时改用 {types} 型，或改存为 .csv",
        "export it as {types}, or as .csv",
    ),
    "RK193": error(
        "这个文件的列与“{other}”不同：{how}",
        "the columns of this file are not those of `{other}`: {how}",
        "分开研判，或改为同样的列",
        "assess the files one by one, or give them the same columns",
    ),
    "RK194": error(
        "打不开这个工作簿：{reason}",
        "this workbook cannot be opened: {reason}",
        "用 Excel 或 WPS 打开，不设密码，另存为 .xlsx",
        "open it in Excel or WPS and save it as .xlsx, without a password",
    ),
    "RK195": error(
        "工作簿中没有{what}：{seen}",
        "there is no {what} in the workbook: {seen}",
        "表头写一行，其中有{heads}；表放在可见的工作表中",
        "write a header row with {heads}, on a sheet that is not hidden",
    ),
    "RK196": warning(
        "只读了工作表“{read}”；“{other}”{hidden}也有{what}，没有读",
        "only the sheet `{read}` was read; `{other}`{hidden} holds a {what} too and was not",
        "要读的放在同一张表中，或分存为几个文件；不要的，删去该表",
        "put all rows on one sheet or in several files, or delete the sheet",
    ),
    "RK197": error(
        "这一格并入了 {range}，只有 {first} 有内容，本行的值不明",
        "this cell is merged into {range}; only {first} holds a value, so this row states none",
        "取消合并，每行各填各的值",
        "unmerge the cells and fill in each row",
    ),
    "RK198": error(
        "这一格没有可用的值：{reason}",
        "this cell holds no value: {reason}",
        "在 Excel 中改为确定的值；公式须重新计算后保存",
        "put a value there in Excel; have formulas calculated before the file is saved",
    ),
    "RK815": warning(
        "有 {rows} 行隐藏或被筛掉（第 {which} 行{more}），照样读取",
        "{en} hidden or filtered out (row {which}{more}) and read all the same",
        "要研判的不必处理；不要的，删去这些行，或把要研判的另存一份",
        "nothing needs doing if they are meant; else delete them, or save what is meant to a file of its own",
    ),
    "RK816": warning(
        "有 {columns} 列隐藏（{which}{more}），照样读取",
        "{en} hidden ({which}{more}) and read all the same",
        "核对这些列是否仍然有效；不要的，删去该列",
        "see whether they still hold; delete a column that does not",
    ),
    "RK877": error(
        "案件表中没有编号“{word}”{hint}，这一行剖析发现没有归属",
        "no case in the table has the id `{word}`{hint}, so this finding belongs to none",
        "编号与案件表写得一样；不要的，删去这一行",
        "write the id as the table of cases has it, or delete the row",
    ),
    "RK878": error(
        "这一行剖析发现没有编号",
        "this finding has no id of a case",
        "每一行都写所属案件的编号；同一案件的几行各写一次",
        "write the id of its case on every row, also where a case has several",
    ),
    "RK879": warning(
        "这一行剖析发现与第 {first} 行相同，只算一次",
        "this finding is the same as that of row {first} and counts once",
        "删去一行；所指不同的，在事项或证据中写明",
        "delete one of them, or say in the matter or the evidence how they differ",
    ),
    "RK880": warning(
        "这张剖析发现表没有读：{reason}",
        "this sheet of findings was not read: {reason}",
        "要读的，放在名为“剖析发现”、没有隐藏的一张表中，表头写“编号”、“症结”、“事项”、“证据”；不要的，删去该表",
        "if it is meant, put it on one sheet `findings` that is not hidden, with the header `id`, `cause`, `matter`, `evidence`; else delete the sheet",
    ),
    "RK199": note(
        "表中间有 {rows} 个空行（第一处在第 {first} 行），已略过",
        "there are {rows} blank rows within the table (the first is row {first}), which are passed over",
        "不必处理；如空行处本应有内容，补上",
        "nothing needs doing, unless rows are missing there",
    ),
}
