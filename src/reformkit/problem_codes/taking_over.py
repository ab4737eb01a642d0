"""The problems of taking an earlier ledger over (840 to 848), and of opening a matter twice (849)."""

from __future__ import annotations

from reformkit.problem_codes.code import Code, error

TAKING_OVER: dict[str, Code] = {
    "RK840": error(
        "“{one}”和“{other}”两列所填不同，说的却是同一件事",
        "the columns `{one}` and `{other}` differ, and are about the same thing",
        "只留一列，或者改为相同",
        "keep one of them, or make them say the same",
    ),
    "RK841": error(
        "没有立项日期",
        "there is no day of opening",
        "填写“立项日期”列",
        "fill in the column `立项日期`",
    ),
    "RK842": error(
        "不知按哪个流程转入：“{word}”不是流程，来源也定不下来",
        "it is not known by which procedure this was done: `{word}` is none, and the source is not settled",
        "在“办理流程”列填写：{known}",
        "fill in the column `办理流程` with one of: {known}",
    ),
    "RK843": error(
        "“{procedure}”没有“{heading}”所说的步骤",
        "the procedure `{procedure}` has no step of the column `{heading}`",
        "核对“办理流程”，或者清空这一格",
        "check the procedure, or clear the cell",
    ),
    "RK844": error(
        "“文号”和“发文日期”只填了一项",
        "only one of the number and the day of the letter is given",
        "补填另一项；没有发文的，两项都不填",
        "give the other too; leave both empty where no letter was sent",
    ),
    "RK845": error(
        "“{word}”看不出是这一流程的哪种文书",
        "`{word}` does not tell which letter of this procedure it was",
        "在“文书种类”列写明全称；文号的代字须与 office.yaml 中的一致",
        "name the letter in the column `文书种类`; the code of its number is to be that of office.yaml",
    ),
    "RK846": error(
        "{steps}没有日期，而其后的步骤已有日期",
        "there is no day for {steps}, and steps that wait for it have one",
        "补填“步骤名＋日期”列；原台账确无记载的，加 --fill-steps 按其后一步的日期补记并注明（发文、验收、回访须写明）",
        "add the days in columns of the step's name and 日期; where nothing is known of them, --fill-steps enters them "
        "on the day of the step after them and says so (letters, acceptance and visits must be stated)",
    ),
    "RK847": error(
        "建议有 {texts} 条，验收标准有 {criteria} 条",
        "there are {texts} suggestions and {criteria} criteria",
        "每条建议写一条标准，按同样的次序，用分号或者换行隔开",
        "give one criterion for each suggestion in the same order, between semicolons or line breaks",
    ),
    "RK848": error(
        "“{what}”先前已转入（台账第 {seq} 号，事项 {item}，{day}），表中现在所填不同",
        "{what} was taken over before (act {seq}, item {item}, {day}), and the table now says otherwise",
        "改回表中所填；台账有误的，用 item correct 更正",
        "change the table back; where the ledger is wrong, correct it by `item correct`",
    ),
    "RK849": error(
        "“{unit}”已有同名的未了结事项“{item}”（{title}）",
        "`{unit}` has the open item `{item}` of the same title already ({title})",
        "在该事项上办理；确是另一件的，写明不同的事项名称",
        "go on with that item, or give another matter another title",
    ),
}
