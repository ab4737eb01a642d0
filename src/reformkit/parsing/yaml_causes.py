"""Why a text is no YAML: the line of the cause, where the parser stopped at a later one.

A parser stops where it can go on no more. What was left out stands before: a quote that was not closed, a colon, the
blank after one, blanks at the start of a line. Quotes and colons are found among the tokens up to the stop; an
indentation is found by mending: the line is the cause that, moved to where other lines begin, lets most be read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import yaml

from reformkit.parsing import lookalikes
from reformkit.text import Text

LONGEST_MENDED = 100_000
"""Characters; in a longer text no indentation is tried out."""

_LINES_BACK, _LINES_ON, _MOST_MOVED = 12, 40, 5
"""Where an indentation is looked for: lines whose beginnings are tried, lines read on, lines that are moved."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_QUOTE = Text(
    "引号没有成对：从这里开始的一段，到{line}第 {column} 个字符就关上了，其后还有文字",
    "the quotes do not pair: what is opened here is closed at {line}character {column}, and more follows",
)
_LATER_LINE = Text("第 {line} 行", "line {line}, ")
_SAME_LINE = Text("本行", "")
_INDENTATION = Text(
    "这一行前面有 {found} 个空格，多半应为 {wanted} 个",
    "this line is indented by {found}, where {wanted} is probably meant",
)
_OR = Text(" 个或 ", " or ")
_COLON = Text("这一行缺少半角冒号“:”", "a colon `:` is missing on this line")
_BLANK = Text("半角冒号“:”后面要有一个空格", "a blank must follow the colon `:`")
_BLANK_AFTER_DASH = Text("“-”后面要有一个空格", "a blank must follow the `-`")
_GOES_ON = Text(
    "这里已经写了值，下一行又写键；冒号后只能写其中一样",
    "a value stands here, and a key on the next line; only one of them can follow the colon",
)

_NO_BLANK_AFTER_DASH = re.compile(r" *-(?=[^\s-])")
_ITEM = re.compile(r" *- ")
_NO_BLANK_AFTER_COLON = re.compile(r" *(?:- +)*[^\s:\"'#{}\[\],]+:(?=[^\s:])")
_NO_COLON = re.compile(r" *(?:- +)*[^\s:\"'#{}\[\],-][^\s:\"'#{}\[\],]* *(?=[\[{])")
_AFTER_QUOTE = re.compile(r"[ \t]*(?:[,\]}:\r\n]|#|\Z)")


class Blame(NamedTuple):
    """What is wrong, and on which line and column (from 1)."""

    line: int
    column: int
    what: Text


def cause_of(text: str, lines: list[str], said: str, mark: Any) -> Blame | None:
    """Why a parser that `said` something stopped at a mark; None where that is not plainly another thing.

    >>> try:
    ...     list(yaml.parse(text := "a:\\n  b: 'x\\n  c: 'y'\\n", _LOADER))
    ... except yaml.YAMLError as error:
    ...     cause_of(text, text.split("\\n"), error.problem, error.problem_mark)[:2]
    (2, 6)
    """
    words = list(_words(text, mark.index))
    for word in words:
        if word.style in ("'", '"') and not _AFTER_QUOTE.match(text, word.end_mark.index):
            return _of_quote(word)
    stopped = mark.line + 1
    mendable = len(text) <= LONGEST_MENDED
    if words and said.startswith("mapping values"):
        return _of_value(words[-1], lines, mendable)
    line = lines[mark.line] if mark.line < len(lines) else ""
    if _NO_BLANK_AFTER_DASH.match(line):
        return Blame(stopped, len(line) - len(line.lstrip()) + 1, _BLANK_AFTER_DASH)
    if not said.startswith("did not find expected"):
        return None
    missing = _NO_COLON.match(line)
    if missing is not None:
        return Blame(stopped, missing.end(), _COLON)
    return _of_indentation(lines, mark.line) if mendable else None


def look_alike(lines: list[str], numbers: Iterable[int], stopped: int) -> tuple[int, int, str] | None:
    """Line, column and character of a look-alike on some lines, if the parser reads on once it is typed as it should be.

    `stopped` is the line (from 0) on which it stops as it stands.
    """
    looked = {
        number: line for number in dict.fromkeys(numbers) if 0 < number <= len(lines) and (line := lines[number - 1])
    }
    spots = [(spot, {spot[0]}) for number, line in looked.items() if (spot := lookalikes.find([(number, line)]))]
    if len(spots) > 1:
        spots.append((spots[0][0], set(looked)))  # on several lines at once
    for spot, together in spots:
        mended = [lookalikes.mended(line) if number in together else line for number, line in enumerate(lines, 1)]
        if _reach(mended)[0] > stopped:
            return spot
    return None


def _words(text: str, end: int) -> Iterator[Any]:
    """The scalars that begin before a character."""
    loader = _LOADER(text)
    try:
        while loader.check_token():
            token = loader.get_token()
            if token.start_mark.index > end:
                return
            if isinstance(token, yaml.ScalarToken):
                yield token
    except yaml.YAMLError:
        return
    finally:
        loader.dispose()


def _of_quote(word: Any) -> Blame:
    """A quoted text after whose end more stands than may."""
    start, end = word.start_mark, word.end_mark
    line = _LATER_LINE.fill(line=end.line + 1) if end.line > start.line else _SAME_LINE
    return Blame(start.line + 1, start.column + 1, _QUOTE.fill(line=line, column=end.column))


def _of_value(word: Any, lines: list[str], mendable: bool) -> Blame | None:
    """A text over several lines, the last of which was meant for a key."""
    start = word.start_mark
    if word.style or word.end_mark.line == start.line:
        return None
    line = lines[start.line] if start.line < len(lines) else ""
    here = (start.line + 1, start.column + 1)
    if _NO_BLANK_AFTER_DASH.match(line):
        return Blame(start.line + 1, len(line) - len(line.lstrip()) + 1, _BLANK_AFTER_DASH)
    if line[: start.column].strip(" -"):
        moved = _of_indentation(lines, word.end_mark.line) if mendable else None
        return moved or Blame(*here, _GOES_ON)
    return Blame(*here, _BLANK if _NO_BLANK_AFTER_COLON.match(line) else _COLON)


def _of_indentation(lines: list[str], stopped: int) -> Blame | None:
    """The line near the stop that, moved, lets the parser read most and leaves fewest keys bare; of several, the one
    moved least, to where most lines begin."""
    begins = Counter(_indent(line) for line in lines if _is_read(line))
    first, last = max(0, stopped - _LINES_BACK), min(stopped + 1, len(lines))
    near = [number for number in range(first, last) if _is_read(lines[number])]
    after = lines[: stopped + _LINES_ON]
    candidates: list[tuple[tuple[int, int, int, tuple[bool, int]], int, int]] = []
    for number in near[-_MOST_MOVED:]:
        own = _indent(lines[number])
        for wanted in sorted({column for other in near for column in _beginnings(lines[other])} - {own}):
            reached, bare = max(
                _reach([(" " * wanted + line[own:]) if number <= i < end else line for i, line in enumerate(after)])
                for end in {number + 1, _end_of_block(after, number)}
            )
            if reached > stopped:
                candidates.append(
                    ((reached, bare, -abs(wanted - own), (wanted % 2 == 0, begins[wanted])), number, wanted)
                )
    if not candidates:
        return None
    (*merit, _), number, _ = max(candidates)
    meant = [Text.same(str(wanted)) for (*other, _), line, wanted in candidates if line == number and other == merit]
    own = _indent(lines[number])
    return Blame(number + 1, own + 1, _INDENTATION.fill(found=own, wanted=_OR.join(meant)))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _beginnings(line: str) -> set[int]:
    """Where a line begins, and where what follows its dash does: there the other keys of an item begin."""
    return {_indent(line), len(line) - len(line.lstrip(" -"))} if _ITEM.match(line) else {_indent(line)}


def _is_read(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _end_of_block(lines: list[str], number: int) -> int:
    """The first line after one that stands no deeper than it."""
    own = _indent(lines[number])
    return next(
        (i for i in range(number + 1, len(lines)) if _is_read(lines[i]) and _indent(lines[i]) <= own), len(lines)
    )


def _reach(lines: list[str]) -> tuple[int, int]:
    """How many lines can be read, and how many keys in them have nothing under them, as a number below 0."""
    loader = _LOADER("\n".join(lines))
    bare = 0
    try:
        while (event := loader.get_event()) is not None:
            bare -= isinstance(event, yaml.ScalarEvent) and not event.value and not event.style
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return (0 if mark is None else mark.line), bare
    finally:
        loader.dispose()
    return len(lines), bare
