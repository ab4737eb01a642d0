"""From a JSON text to the same located tree that YAML makes; strings are quoted scalars, all else is plain."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import Any

from reformkit.parsing import lookalikes
from reformkit.parsing.report import Report
from reformkit.parsing.source import CONTROL
from reformkit.parsing.tree import MAX_DEPTH, MAX_NODES, Lost, Mapping, Scalar, Sequence, Tree, collector_at_rest
from reformkit.problem import Place
from reformkit.text import Text

_TOKEN = re.compile(
    r"""[ \t\r\n]*+(?:
        (?P<string>"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+")
      | (?P<plain>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?(?![\w.])|(?:true|false|null)(?!\w))
      | (?P<unknown>-?(?:NaN|Infinity)(?!\w))
      | (?P<mark>[\[\]{},:])
      | (?P<end>\Z)
    )""",
    re.VERBOSE,
)
_BREAK = re.compile("\r\n|\r|\n")
_BLANKS = re.compile(r"[ \t\r\n]*")

_VALUE, _KEY_OR_END, _KEY, _COLON, _NEXT, _ITEM_OR_END, _END = range(7)
_WANTED = {
    _VALUE: Text("这里应有一个值", "a value is expected here"),
    _ITEM_OR_END: Text("这里应有一个值或“]”", "a value or `]` is expected here"),
    _KEY_OR_END: Text("这里应是双引号中的键，或“}”", "a key in double quotes or `}` is expected here"),
    _KEY: Text("这里应是双引号中的键", "a key in double quotes is expected here"),
    _COLON: Text("键后应有冒号“:”", "a colon `:` is expected after the key"),
    _NEXT: Text("这里应有逗号，或结束的括号", "a comma or a closing bracket is expected here"),
    _END: Text("内容已经结束，这里又多出一段", "what stands before is complete, and this is left over"),
}

_NUMBER = Text(
    "数字的写法不合 JSON 格式，如不能以 0 开头", "this number is not written as JSON has it, such as with a leading 0"
)
_COMMENT = Text("JSON 中不能有注释", "JSON has no comments")
_SAID = {
    '"': Text(
        "这段文字没有用双引号结束，或其中有换行、制表符、不成立的“\\”",
        "this text is not closed with a double quote, or holds a line break, a tab or a wrong `\\`",
    ),
    "'": Text("JSON 的文字要用双引号", "JSON puts text in double quotes"),
    "/": _COMMENT,
    "#": _COMMENT,
    **dict.fromkeys("-0123456789", _NUMBER),
}
"""What a character means that cannot begin a token."""

_PAIRS = Text(
    "双引号没有成对：从这里开始的一段，到第 {column} 个字符就关上了，其后还有文字",
    "the quotes do not pair: what is opened here is closed at character {column}, and more follows",
)
_NO_COMMA = Text("这里之后缺少逗号", "a comma is missing after this")
_NOT_CLOSED = Text(
    "这里的“{bracket}”{until}没有用“{closing}”结束",
    "the `{bracket}` opened here is not closed with `{closing}` {until}",
)
_UNTIL_LINE = Text("到第 {line} 行还", "up to line {line}")
_ON_THIS_LINE = Text("在本行", "on this line")


def read_json(path: str, text: str, report: Report, first_line: int = 1) -> Tree | None:
    """The one value of a JSON text, whose first line has a given number; None, with a problem, if it is not one."""
    with collector_at_rest():
        return _Parser(path, text, report, first_line).read()


class _Parser:
    def __init__(self, path: str, text: str, report: Report, first_line: int) -> None:
        self._path = path
        self._text = text
        self._report = report
        self._first_line = first_line
        self._starts = [0, *(m.end() for m in _BREAK.finditer(text))]
        self._root: Tree | None = None
        self._open: list[Sequence | Mapping] = []
        self._keys: list[Scalar | None] = []
        self._nodes = 0
        self._last = 0, 0  # where the last token begins and ends

    def read(self) -> Tree | None:
        position, wanted = 0, _VALUE
        while True:
            match = _TOKEN.match(self._text, position)
            if match is None:
                start = _BLANKS.match(self._text, position).end()  # type: ignore[union-attr]
                self._report_syntax(start, wanted, _SAID.get(self._text[start], _WANTED[wanted]))
                return None
            kind = match.lastgroup or ""
            start, position = match.span(kind)
            if kind == "end":
                if wanted == _END:
                    return self._root
                if self._nodes == 0 and not self._open:
                    self._report.add("RK113", self._place(0))
                else:
                    self._report_syntax(start, wanted)
                return None
            following = self._take(kind, match[kind], start, wanted)
            if following is None:
                return None
            wanted, self._last = following, (start, position)

    def _take(self, kind: str, token: str, start: int, wanted: int) -> int | None:
        """Take one token where another is wanted; what is wanted next, or None if the rest cannot be read."""
        if kind == "mark":
            return self._take_mark(token, start, wanted)
        if kind == "string" and wanted in (_KEY, _KEY_OR_END):
            self._keys[-1] = Scalar(self._string(token, start), True, self._place(start))
            return _COLON
        if wanted not in (_VALUE, _ITEM_OR_END):
            self._report_syntax(start, wanted)
            return None
        place = self._place(start)
        if kind == "unknown":
            self._refuse("RK124", place, word=token)
            return self._put(Lost(place))
        node = Scalar(self._string(token, start), True, place) if kind == "string" else Scalar(token, False, place)
        return self._put(node)

    def _take_mark(self, mark: str, start: int, wanted: int) -> int | None:
        if mark in "[{" and wanted in (_VALUE, _ITEM_OR_END):
            place = self._place(start)
            if len(self._open) >= MAX_DEPTH:
                self._report.add("RK117", place, most=MAX_DEPTH)
                return None
            self._open.append(Sequence(place) if mark == "[" else Mapping(place))
            self._keys.append(None)
            return _ITEM_OR_END if mark == "[" else _KEY_OR_END
        inside = self._open[-1] if self._open else None
        closes = "]" if isinstance(inside, Sequence) else "}"
        if mark == closes and inside and wanted in (_NEXT, _ITEM_OR_END, _KEY_OR_END):
            self._keys.pop()
            return self._put(self._open.pop())
        if mark == "," and wanted == _NEXT:
            return _VALUE if isinstance(inside, Sequence) else _KEY
        if mark == ":" and wanted == _COLON:
            return _VALUE
        self._report_syntax(start, wanted)
        return None

    def _put(self, node: Tree) -> int | None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._report.add("RK118", node.place, most=MAX_NODES)
            return None
        if not self._open:
            self._root = node
            return _END
        parent = self._open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif key := self._keys[-1]:
            parent.pairs.append((key, node))
        return _NEXT

    def _string(self, token: str, start: int) -> str:
        """The text of a string; a control character or half of a surrogate pair in it is reported."""
        text: str = json.loads(token) if "\\" in token else token[1:-1]
        match = CONTROL.search(text) if "\\" in token else None
        if match:
            self._refuse("RK107", self._place(start), char=f"U+{ord(match.group()):04X}")
        return text

    def _refuse(self, code: str, place: Place, **values: Any) -> None:
        self._report.add(code, place, **values)
        for node in self._open:
            node.faulty = True

    def _place(self, position: int) -> Place:
        line = bisect_right(self._starts, position) - 1
        return Place(self._path, self._first_line + line, position - self._starts[line] + 1)

    def _report_syntax(self, position: int, wanted: int, what: Text | None = None) -> None:
        """Say where the text cannot be read on, or what before that is the cause; `what`: no token begins there."""
        place = self._place(position)
        numbers = [place.line - self._first_line, place.line - self._first_line - 1]
        lines = [(n, _BREAK.split(self._text[self._starts[n] :], maxsplit=1)[0]) for n in numbers if n >= 0]
        found = lookalikes.find(lines, prose=False)
        at, why = self._cause(position, wanted, what) or (position, what or _WANTED[wanted])
        if found is not None and (at == position or found[2] in "“”"):
            line, column, char = found
            spot = Place(self._path, self._first_line + line, column)
            self._report.add("RK112", spot, what=what or _WANTED[wanted], char=lookalikes.name(char))
        else:
            self._report.add("RK111", self._place(at), what=why)

    def _cause(self, position: int, wanted: int, what: Text | None) -> tuple[int, Text] | None:
        """What before the place where reading stops is plainly the cause, and where that stands."""
        char, (start, end) = self._text[position : position + 1], self._last
        is_quoted = self._text[start : start + 1] == '"'
        if is_quoted and wanted in (_NEXT, _COLON, _END) and char and char not in '"[]{},:/#':
            return start, _PAIRS.fill(column=self._place(end).column - 1)
        if what is not None or not self._open:
            return None
        if wanted == _NEXT and char and char in '"[{':
            return start, _NO_COMMA
        inside = self._open[-1]
        bracket, closing = "[]" if isinstance(inside, Sequence) else "{}"
        if (wanted in (_NEXT, _ITEM_OR_END, _KEY_OR_END) and char in ("", "]", "}")) or (
            wanted == _KEY and char == "{"
        ):
            opened = self._position(inside.place)
            line = self._place(position).line
            until = _ON_THIS_LINE if line == inside.place.line else _UNTIL_LINE.fill(line=line)
            return opened, _NOT_CLOSED.fill(bracket=bracket, closing=closing, until=until)
        return None

    def _position(self, place: Place) -> int:
        return self._starts[place.line - self._first_line] + place.column - 1
