"""The problems of where rulebooks and cases come from: archives, git revisions, packages, texts, lists."""

from __future__ import annotations

from reformkit.problem_codes.code import Code, error, warning

SOURCES: dict[str, Code] = {
    "RK850": error(
        "不能从这里读取{wanted}：{reason}",
        "no {wanted} can be read from here: {reason}",
        "{how}",
        "{how}",
    ),
    "RK851": error(
        "“{path}”在所给的内容之外",
        "`{path}` lies outside of what was given",
        "规则册用到的文件都要给出，路径不得指向别处",
        "give every file that the rulebook names, and let no path lead elsewhere",
    ),
    "RK852": error(
        "规则册写明用规则语言 {word}，这一版 reformkit 读到规则语言 {now} 为止",
        "the rulebook is written in rule language {word}; this reformkit reads up to {now}",
        "更新 reformkit；没有用到更新的写法的，改为 {now}",
        "update reformkit; or, if nothing newer is used, write {now}",
    ),
    "RK853": warning(
        "规则册写明用规则语言 {word}，这里按规则语言 {now} 读取",
        "the rulebook says rule language {word} and is read as {now}",
        "对照 CHANGELOG.md 中标 * 的改动核对后，改为 {now}",
        "go through what CHANGELOG.md marks with *, then write {now}",
    ),
    "RK854": error(
        "读取这种文件的插件 {reader} 读不了它：{reason}",
        "the reader that a package brings for such files, {reader}, cannot read it: {reason}",
        "核对文件是否完整；问题在插件的，请其维护者修改",
        "check that the file is whole; if it is, tell who keeps the reader",
    ),
    "RK855": error(
        "这里应是一件案件（Case 或者由事实组成的 dict），给的却是 {kind}",
        "here a case is wanted, a Case or a dict of facts, and {kind} was given",
        "逐件给出案件；没有内容的，从列表中去掉",
        "give cases one by one; leave out of the list what is empty",
    ),
}
