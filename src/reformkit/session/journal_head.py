"""The head of a journal: what a session used, and in what that differs from what the journal was used with before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from reformkit.assessing.prepared import Prepared
from reformkit.model.digest import sections
from reformkit.model.first_digest import first_sections
from reformkit.text import Text

FORMAT = 2
"""The form in which a journal says what it is used with; the headers of reformkit 0.1 name none."""

_SAID = {
    "rulebook": "规则册",
    "version": "版本",
    "as_of": "研判日期",
    "letter_on": "文书日期",
    "title": "标题",
    "authority": "机关",
    "documents": "文件",
    "roles": "角色",
    "vocabulary": "词表",
    "parameters": "参数",
    "signals": "计数",
    "decision": "决策",
    "measures": "措施库",
}
"""What a header holds, in Chinese."""


def used_by(book: Prepared, as_of: date | None, letter_on: date | None) -> dict[str, Any]:
    """The rulebook and library of a session, and a digest of each of their sections, by which to say what changed."""
    return {
        "format": FORMAT,
        "rulebook": book.rulebook.name,
        "version": book.rulebook.version,
        "sha256": book.digest,
        "as_of": None if as_of is None else as_of.isoformat(),
        **({} if letter_on is None else {"letter_on": letter_on.isoformat()}),
        "parts": sections(book.rulebook, book.library),
    }


def comparable(used: dict[str, Any], book: Prepared, before: Mapping[str, Any]) -> dict[str, Any]:
    """What a session uses in the form of a header that was written before."""
    if "format" in before:
        return used
    return {**used, "sha256": book.first_digest, "parts": first_sections(book.rulebook, book.library)}


def differs(before: Mapping[str, Any], now: Mapping[str, Any]) -> Text:
    """What is not as it was; of another rulebook, its name alone."""
    zh, en = [], []
    for name in ("rulebook", "version", "as_of", "letter_on"):
        if before.get(name) != now.get(name):
            zh.append(f"{_SAID[name]} {before.get(name) or '无'} → {now.get(name) or '无'}")
            en.append(f"{name} {before.get(name) or 'none'} → {now.get(name) or 'none'}")
    was, is_ = before.get("parts", {}), now["parts"]
    if before.get("rulebook") == now["rulebook"]:
        for said, names in (
            (Text("有变", "changed"), [part for part in is_ if part in was and was[part] != is_[part]]),
            (Text("新增", "new"), [part for part in is_ if part not in was]),
            (Text("不再有", "gone"), [part for part in was if part not in is_]),
        ):
            if names:
                zh.append(f"{said.zh}：" + "、".join(_part_in_chinese(name) for name in names))
                en.append(f"{said.en}: " + ", ".join(names))
    return Text("；".join(zh) or "…", "; ".join(en) or "…")


def _part_in_chinese(part: str) -> str:
    kind, _, name = part.partition(" ")
    return f"{_SAID.get(kind, kind)} {name}".rstrip()
