"""The problems of models of other tools: DMN read, and written (89x)."""

from __future__ import annotations

from reformkit.problem_codes.code import Code, error, warning

MODELS: dict[str, Code] = {
    "RK890": error(
        "不是能读的 DMN 文件：{why}",
        "this is no DMN file that can be read: {why}",
        "从建模工具重新导出 DMN 1.2 至 1.5 的 .dmn 文件，用 UTF-8 编码",
        "export it again from the modeler, as a .dmn file of DMN 1.2 to 1.5 in UTF-8",
    ),
    "RK891": error(
        "规则册里没有与此对应的写法：{what}",
        "a rulebook has no word for this: {what}",
        "在模型里改成以名称引用输入数据或决策的决策表，类型用 string、number、boolean、date",
        "make it a decision table in the model, over input data or decisions by name, of type string, number, boolean or date",
    ),
    "RK892": error(
        "{what} 没有名称，或名称“{name}”已经用过",
        "a `{what}` has no name, or its name `{name}` is already taken",
        "在模型里给它一个自己的名称",
        "give it a name of its own in the model",
    ),
    "RK893": error(
        "这一行有 {cells} 格，表头有 {columns} 列",
        "this row has {cells} cells, and the table {columns} columns",
        "在建模工具里补齐或删去这一行的格",
        "add what is missing in the modeler, or delete what is too much",
    ),
    "RK894": error(
        "这一格读不懂：{why}",
        "this cell cannot be read: {why}",
        '写成固定的值或区间，如 "甲", "乙"、>= 18、[18..65)、not("甲")、date("2022-03-01")，不限写 -',
        'write fixed values or intervals, such as "a", "b", >= 18, [18..65), not("a"), date("2022-03-01"), or - for any',
    ),
    "RK895": error(
        "规则册说不出这一处：{why}",
        "a rulebook cannot say this: {why}",
        "在模型里改这一处后再导入",
        "change it in the model and import it again",
    ),
    "RK896": warning(
        "与模型略有不同：{what}",
        "this is not quite as in the model: {what}",
        "导入后核对这一处；需要更宽的范围，在词表里改",
        "look at it after the import; where more is wanted, change it in the vocabulary",
    ),
    "RK897": error(
        "决策“{decision}”写不成 DMN：{why}",
        "the decision `{decision}` cannot be written as DMN: {why}",
        "改用 Excel 工作簿导出，或把这一处改成 DMN 能说的检验",
        "export a workbook instead, or change it to tests that DMN has",
    ),
    "RK898": error(
        "{folder} 里已有内容，不覆盖",
        "there is something in {folder} already, and it is left as it is",
        "换一个新的文件夹",
        "name a new folder",
    ),
}
