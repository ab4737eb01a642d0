"""From a YAML text to a located tree, over the events of PyYAML's C parser; nothing is composed or loaded."""

from __future__ import annotations

from functools import partial
from typing import Any

import yaml

from reformkit.parsing import lookalikes
from reformkit.parsing.commas import cut_before, cut_items, lacks_colon
from reformkit.parsing.memory import Memory
from reformkit.parsing.pure_loader import PureLoader
from reformkit.parsing.report import Report
from reformkit.parsing.source import CONTROL, Source
from reformkit.parsing.tree import MAX_DEPTH, MAX_NODES, Lost, Mapping, Scalar, Sequence, Tree, collector_at_rest
from reformkit.parsing.yaml_causes import cause_of, look_alike
from reformkit.problem import Place
from reformkit.text import Text

_LOADER: Any = getattr(yaml, "CSafeLoader", PureLoader)

# What the parser says, in the words of someone who writes rules. The longest fitting beginning counts.
_SAID = {
    "mapping values are not allowed": Text(
        "这里不能再有冒号；文字中含“: ”的，要用引号括起来",
        "a colon is not allowed here; put text that contains `: ` in quotes",
    ),
    "could not find expected ':'": Text("这一行缺少半角冒号“:”", "a colon `:` is missing on this line"),
    "did not find expected key": Text(
        "这里应是一个键，多半是缩进没有对齐", "a key is expected here; the indentation is probably off"
    ),
    "did not find expected ',' or ']'": Text(
        "列表没有用“]”结束，或缺少半角逗号", "the list is not closed with `]`, or a comma is missing"
    ),
    "did not find expected ',' or '}'": Text(
        "花括号没有用“}”结束，或缺少半角逗号", "the braces are not closed with `}`, or a comma is missing"
    ),
    "did not find expected '-' indicator": Text(
        "列表各项没有对齐，这里应以“- ”开头", "the items of the list are not aligned; `- ` is expected here"
    ),
    "did not find expected <document start>": Text(
        "前面的内容已经结束，这里又多出一段", "what stands before is complete, and this is left over"
    ),
    "did not find expected node content": Text("这里缺少内容", "something is missing here"),
    "did not find expected alphabetic or numeric character": Text(
        "以“*”“&”开头的文字要用引号括起来", "put text that begins with `*` or `&` in quotes"
    ),
    "block sequence entries are not allowed": Text(
        "“- ”不能写在这里，应另起一行", "`- ` is not allowed here; begin a new line"
    ),
    "block mapping": Text("这里不能有键", "a key is not allowed here"),
    "found unexpected end of stream": Text(
        "引号没有成对，直到文件结束也没有关上", "a quote is opened and never closed"
    ),
    "found unexpected document indicator": Text(
        "引号没有成对，直到“---”也没有关上", "a quote is opened and not closed before `---`"
    ),
    "found unknown escape character": Text("双引号中的“\\”要写成“\\\\”", "write `\\\\` for `\\` inside double quotes"),
    "found invalid Unicode character escape": Text(
        "双引号中的字符编码不成立", "the character code inside the double quotes does not exist"
    ),
    "did not find expected hexdecimal": Text(
        "双引号中的字符编码不完整", "the character code inside the double quotes is incomplete"
    ),
    "found character that cannot start any token": Text(
        "文字不能以这个字符开头，请用引号括起来", "text cannot begin with this character; put it in quotes"
    ),
}
_UNCLOSED = [
    _SAID[said]
    for said in (
        "did not find expected ',' or ']'",
        "did not find expected ',' or '}'",
        "found unexpected end of stream",
        "could not find expected ':'",
    )
]
_TAB = Text("缩进只能用空格，不能用制表符", "only spaces may indent, never a tab")
_OTHERWISE = Text("写法不合 YAML 格式", "this is not well-formed YAML")


def read_yaml(source: Source, report: Report, of_rules: bool = False) -> Tree | None:
    """The one document of a YAML text; None, with a problem, if there is none that can be read.

    In a text `of_rules` a list that has a word twice is warned of: another was probably meant.
    """
    return report.remembered(("tree", of_rules), (source,), lambda: _read(source, report, of_rules), alone=True)


def _read(source: Source, report: Report, of_rules: bool) -> Tree | None:
    loader = _LOADER(source.text)
    try:
        with collector_at_rest():
            root = _Builder(source, report, of_rules).build(loader)
    except yaml.YAMLError as error:
        _report_syntax(source, error, report)
        return None
    except _Refused:
        return None
    finally:
        loader.dispose()
    if root is None or (isinstance(root, Scalar) and root.is_null):
        report.add("RK113", Place(source.path))
        return None
    return root


class _Refused(Exception):
    """The rest of a text is not worth reading; the reason has been reported."""


class _Builder:
    """Puts events together to a tree; refuses what the rule language has no use for."""

    def __init__(self, source: Source, report: Report, of_rules: bool) -> None:
        self._source = source
        self._path = source.path
        self._of_rules = of_rules
        self._report = report
        self._top = Sequence(Place(source.path))  # holds the one document
        self._in_brackets: list[Sequence] = []  # that are open and written so
        self._open: list[Sequence | Mapping] = [self._top]
        self._keys: list[Scalar | Lost | None] = [None]  # the key that waits for its value, for each open node

    def build(self, loader: Any) -> Tree | None:
        """The tree of all events of a parser."""
        documents = nodes = 0
        path, get_event = self._path, loader.get_event
        put = self._put if self._report.memory is None else partial(self._put_one, self._report.memory)
        while (event := get_event()) is not None:
            kind, mark = type(event), event.start_mark
            if kind is yaml.ScalarEvent:
                node = Scalar(event.value, bool(event.style), Place(path, mark.line + 1, mark.column + 1))
                if event.anchor is not None or event.tag is not None or event.style == '"':
                    self._look_over(event, node.place)
                if not event.value and not event.style and self._keys[-1] is not None:
                    self._check_colon(mark)
                put(node)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._keys.pop()
                done = self._open.pop()
                if self._in_brackets and done is self._in_brackets[-1]:
                    self._check_brackets(self._in_brackets.pop())
                if self._of_rules and type(done) is Sequence and len(done.items) > 1:
                    self._check_repeats(done)
                put(done)
                continue
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                place = Place(path, mark.line + 1, mark.column + 1)
                opened = Mapping(place) if kind is yaml.MappingStartEvent else Sequence(place)
                self._enter(opened)
                if isinstance(opened, Sequence) and event.flow_style:
                    self._in_brackets.append(opened)
                if event.anchor is not None or event.tag is not None:
                    self._look_over(event, place)
            elif kind is yaml.AliasEvent:
                place = Place(path, mark.line + 1, mark.column + 1)
                self._refuse("RK114", place, word=f"*{event.anchor}")
                put(Lost(place))
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._stop("RK116", Place(path, mark.line + 1, mark.column + 1))
                if event.tags:
                    self._refuse("RK115", Place(path, mark.line + 1, mark.column + 1), word="%TAG")
                continue
            else:
                continue
            nodes += 1
            if nodes > MAX_NODES:
                self._stop("RK118", Place(path, mark.line + 1, mark.column + 1), most=MAX_NODES)
        return self._top.items[0] if self._top.items else None

    def _put_one(self, memory: Memory, node: Tree) -> None:
        """Hang a complete node, or the one that was read before and says the same."""
        self._put(node if isinstance(node, Lost) else memory.one(node))

    def _put(self, node: Tree) -> None:
        """Hang a complete node where it belongs: as an item, a key or a value."""
        parent = self._open[-1]
        if type(parent) is Sequence:
            parent.items.append(node)
            return
        key = self._keys[-1]
        if key is None:
            self._keys[-1] = node if type(node) is Scalar and node.text != "<<" else self._key(node)
            return
        if type(key) is Scalar and type(parent) is Mapping:
            parent.pairs.append((key, node))
        self._keys[-1] = None

    def _key(self, node: Tree) -> Scalar | Lost:
        """A key that is no plain word; what stands under it is lost with it."""
        if isinstance(node, Scalar):
            if node.quoted:
                return node
            self._refuse("RK114", node.place, word="<<")
        elif not isinstance(node, Lost):
            self._refuse("RK122", node.place)
        return Lost(node.place)

    def _enter(self, node: Sequence | Mapping) -> None:
        if len(self._open) > MAX_DEPTH:
            self._stop("RK117", node.place, most=MAX_DEPTH)
        self._open.append(node)
        self._keys.append(None)

    def _check_colon(self, mark: Any) -> None:
        """Report a key that has no colon: a comma has cut it from what stands before. Both are lost."""
        key, mapping = self._keys[-1], self._open[-1]
        if type(key) is not Scalar or key.quoted or type(mapping) is not Mapping:
            return
        if lacks_colon(key, mark.line, mark.column, self._source):
            cut = cut_before(key, mapping)
            self._refuse("RK267", key.place, word=key.text, cut=cut)
            if cut.zh:
                before, value = mapping.pairs.pop()
                mapping.pairs.append((before, Lost(value.place)))
            self._keys[-1] = Lost(key.place)

    def _check_brackets(self, sequence: Sequence) -> None:
        """Report an item of a list in brackets that a comma has cut from the one before it."""
        for item, cut in cut_items(sequence):
            self._refuse("RK268", item.place, word=item.text, cut=cut)
            sequence.faulty = True

    def _check_repeats(self, sequence: Sequence) -> None:
        """Warn of each word that stands in a list for the second time."""
        words = [item.text for item in sequence.items if type(item) is Scalar]
        if len(set(words)) < len(words):
            met: set[str] = set()
            for item in sequence.items:
                if type(item) is Scalar and item.text in met:
                    self._report.add("RK265", item.place, word=item.text)
                met.update({item.text} if type(item) is Scalar else ())

    def _look_over(self, event: Any, place: Place) -> None:
        """Report an anchor, a tag or a control character; what carries it is read on as if without."""
        if event.anchor is not None:
            self._refuse("RK114", place, word=f"&{event.anchor}")
        if event.tag is not None:
            self._refuse("RK115", place, word=event.tag)
        control = CONTROL.search(event.value) if type(event) is yaml.ScalarEvent else None
        if control:
            self._refuse("RK107", place, char=f"U+{ord(control.group()):04X}")

    def _refuse(self, code: str, place: Place, **values: Any) -> None:
        self._report.add(code, place, **values)
        for node in self._open:
            node.faulty = True

    def _stop(self, code: str, place: Place, **values: Any) -> None:
        self._report.add(code, place, **values)
        raise _Refused


def _report_syntax(source: Source, error: yaml.YAMLError, report: Report) -> None:
    """Say where a text stops being YAML, and name a look-alike character if one is near."""
    mark, begun = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if mark is None:
        report.add("RK111", Place(source.path), what=_OTHERWISE)
        return
    line = source.line(mark.line + 1) or ""
    said = getattr(error, "problem", None) or ""
    if said.startswith("exceeded maximum nesting depth"):  # libyaml 0.2.6 looks 1,000 brackets ahead of its events
        report.add("RK117", Place(source.path, mark.line + 1, mark.column + 1), most=MAX_DEPTH)
        return
    what = next((text for start, text in _SAID.items() if said.startswith(start)), _OTHERWISE)
    if line[mark.column : mark.column + 1] == "\t":
        what = _TAB
    cause = cause_of(source.text, source.lines, said, mark)
    numbers = (mark.line + 1, mark.line, begun.line + 1 if begun else 0, cause.line if cause else 0)
    found = lookalikes.find([(numbers[0], line)]) if what is _TAB else look_alike(source.lines, numbers, mark.line)
    if found:
        number, column, char = found
        report.add("RK112", Place(source.path, number, column), what=what, char=lookalikes.name(char))
    elif cause:
        report.add("RK111", Place(source.path, cause.line, cause.column), what=cause.what)
    else:
        at = begun if begun and begun.line < mark.line and what in _UNCLOSED else mark
        report.add("RK111", Place(source.path, at.line + 1, at.column + 1), what=what)
