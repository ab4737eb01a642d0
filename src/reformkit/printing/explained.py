"""A kind of problem explained: what it says, how to mend it, why it is one, and a bad example with what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from reformkit.checking.reasons import REASONS
from reformkit.loading import bundled
from reformkit.problem_codes import CODES
from reformkit.text import Text

_SEVERITIES = {
    "error": Text("错误", "error"),
    "warning": Text("提示", "warning"),
    "note": Text("说明", "note"),
}
_HEAD = Text("{code}（{severity}）", "{code} ({severity})")
_FIX = Text("改法：{fix}", "Fix: {fix}")
_IN_PYTHON = Text("由程序给出的：{fix}", "Where a program gave it: {fix}")
_WHY = Text("原因：{why}", "Why: {why}")
_EXAMPLE = Text("例（所在的行和提示）：", "An example, with its line and what is said of it:")
_AVOID, _PREFER = Text("避免：", "Avoid:"), Text("宜：", "Prefer:")
_BLANK = re.compile(r"\{\{|\}\}|\{(\w+)\}")
_BLOCK = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def explained(code: str) -> Iterator[tuple[Text, str]]:
    """The sentences about a kind of problem, each with the block of an example that belongs under it, or with none."""
    kind = CODES[code]
    yield _HEAD.fill(code=code, severity=_SEVERITIES[kind.severity]), ""
    yield kind.message.each(_with_blanks), ""
    yield _FIX.fill(fix=kind.fix.each(_with_blanks)), ""
    if kind.python is not None:
        yield _IN_PYTHON.fill(fix=kind.python.each(_with_blanks)), ""
    if code in REASONS:
        yield _WHY.fill(why=REASONS[code]), ""
    blocks = _BLOCK.findall(_section(code))
    heads = (_AVOID, _PREFER, _EXAMPLE) if len(blocks) > 1 else (_EXAMPLE,)
    yield from zip(heads, blocks, strict=False)


def page() -> Path:
    """The page of problems, which comes with the package."""
    return bundled("docs") / "problems.md"


def _section(code: str) -> str:
    """What the page says of a code."""
    _, _, after = page().read_text(encoding="utf-8").partition(f"\n## {code}\n")
    return after.partition("\n## ")[0]


def _with_blanks(template: str) -> str:
    return _BLANK.sub(lambda m: f"‹{m[1]}›" if m[1] else m[0][0], template)
