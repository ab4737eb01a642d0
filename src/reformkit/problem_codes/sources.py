"""The problems of where a rulebook comes from: archives, git revisions, packages, texts."""

from __future__ import annotations

from reformkit.problem_codes.code import Code, error

SOURCES: dict[str, Code] = {
    "RK850": error(
        "不能从这里读取规则册：{reason}",
        "no rulebook can be read from here: {reason}",
        "{how}",
        "{how}",
    ),
    "RK851": error(
        "“{path}”在所给的内容之外",
        "`{path}` lies outside of what was given",
        "规则册用到的文件都要给出，路径不得指向别处",
        "give every file that the rulebook names, and let no path lead elsewhere",
    ),
}
