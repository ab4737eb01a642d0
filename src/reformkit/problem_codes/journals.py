"""The problems of sessions and their journals (5xx)."""

from __future__ import annotations

from reformkit.problem_codes.code import Code, error, warning

JOURNALS: dict[str, Code] = {
    "RK501": error(
        "流水的这一行已损坏：{why}",
        "this line of the journal is corrupt: {why}",
        "从备份恢复这个文件；若确知内容，可另存此行之前的各行为新流水，再补告其后的事实",
        "restore the file from a backup; or keep the lines before this one as a new journal and tell the rest again",
    ),
    "RK502": warning(
        "流水的最后一行没有写完（{bytes} 字节），已移存到“{aside}”；此前各行完好",
        "the last line of the journal was not written to its end ({bytes} bytes); it is set aside in `{aside}`, "
        "and all before it is whole",
        "核对中断时正在告知的那一条事实，需要时重新告知",
        "see which fact was being told when it broke off, and tell it again if need be",
    ),
    "RK503": error(
        "流水“{path}”正被另一个会话使用",
        "the journal `{path}` is in use by another session",
        "先结束那个会话，或者换一个流水文件",
        "end that session first, or name another journal",
    ),
    "RK504": error(
        "“{path}”不是会话流水，没有改动它",
        "`{path}` is not the journal of a session; it was left as it is",
        "换一个文件名；尚不存在的文件会新建为流水",
        "name another file; one that is not there is made",
    ),
    "RK505": warning(
        "与流水上次使用时不同：{differs}。各案已重新研判",
        "not everything is as when this journal was last used: {differs}. Every case has been decided anew",
        "需要当时结论的，用当时的规则册、措施库和研判日期打开；否则不必处理",
        "open it with the rulebook, library and as_of of that time to have its results; otherwise nothing need be done",
    ),
    "RK506": error(
        "流水“{path}”是另一个进程打开的，这里不能告知",
        "the journal `{path}` was opened by another process, and nothing can be told here",
        "在复制（fork）出的进程中另开会话和流水",
        "open a session with a journal of its own in the process that was forked",
    ),
    "RK507": error(
        "流水“{path}”已被删除、移走或替换，这一条没有记下，也没有采用",
        "the journal `{path}` was deleted, moved or replaced; this telling is neither kept nor taken up",
        "把文件移回原处，或者另开会话",
        "move the file back, or open another session",
    ),
    "RK508": warning(
        "流水末尾缺少 {lost} 条：告知过 {kept} 条，现在只有 {found} 条",
        "{lost} tellings are missing at the end of the journal: {kept} were told, and {found} are there",
        "从备份恢复这个文件；没有备份的，重新告知缺少的事实。接着使用，流水会记下这里有缺",
        "restore the file from a backup, or tell again what is missing; used as it is, the journal notes the loss",
    ),
    "RK509": warning(
        "流水最后一条（第 {found} 条）之前曾被改动，或开头的记数已损坏，末尾有无缺少无从核对",
        "the journal was changed before its last telling, number {found}, or the count in its first line is damaged: "
        "whether its end is missing cannot be told",
        "与备份核对；接着使用，从这里重新记数",
        "compare it with a backup; used as it is, it counts from here",
    ),
    "RK510": error(
        "没有告知过案件“{case}”，无从撤回",
        "no case `{case}` was told of, so nothing of it can be taken back",
        "核对编号；或者先告知这一案件的事实",
        "check the id, or tell facts of this case first",
    ),
}
