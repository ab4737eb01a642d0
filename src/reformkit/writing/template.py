"""A template is checked before it is used: its package, then each tag at its paragraph, then what it leaves out.

Read `package` first, then `paragraphs`, `tags`, `expressions`; here they come together.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reformkit.model.letter import SOURCES, LetterKind, Letters
from reformkit.parsing.identity import holds_identity_number, masked
from reformkit.problem import LetterError, Place, Problem
from reformkit.text import Text
from reformkit.writing.expressions import Scope, Shape, check_condition, check_field, check_loop
from reformkit.writing.filling import LetterMould
from reformkit.writing.leftovers import check_leftovers
from reformkit.writing.moulding import moulded
from reformkit.writing.package import Package, read_package
from reformkit.writing.paragraphs import Paragraph, filled_parts, paragraphs
from reformkit.writing.tags import Tag, strays_in, tags_in

_STATEMENT = Text("“{source}”这一句", "the statement `{source}`")
_OUTSIDE_TABLE = Text("表格以外的“{source}”", "`{source}` outside a table")
_ON_ITS_LEVEL = Text("同一层里对应的 {word}", "{word} on its own level")
_MATCHING = Text("{near}对应的 {end}", "{end}{near}")

_PAIRS = {"for": "endfor", "if": "endif"}
_ENDS = {end: start for start, end in _PAIRS.items()}
_UNITS = {"paragraph": Text("段", "paragraph"), "row": Text("行", "row")}
_MOST_SHOWN = 60


@dataclass(frozen=True)
class Template:
    """A template that may be used, with the names that it uses: of fields, and of the parts of their entries."""

    package: Package
    used: frozenset[tuple[str, str | None]]

    @property
    def fields(self) -> frozenset[str]:
        """The fields that the template names."""
        return frozenset(name for name, _ in self.used)

    @property
    def path(self) -> str:
        """The template's file."""
        return self.package.path

    @property
    def mould(self) -> LetterMould:
        """The template ready to be filled, for where it cannot be read."""
        return moulded(self.package, self.used)

    def filled(self, values: Mapping[str, Any], title: str) -> bytes:
        """The bytes of a .docx with the fields filled (`LetterMould.filled`)."""
        return self.mould.filled(values, title)


def check_template(path: str | os.PathLike[str], letters: Letters) -> list[Problem]:
    """Everything that is wrong with a template, each problem at its paragraph and with its words."""
    return _examine(path, letters)[1]


def read_template(path: str | os.PathLike[str], letters: Letters) -> Template:
    """A template that may be used. Raises `LetterError` with everything that is wrong with it."""
    template, problems = _examine(path, letters)
    if template is None:
        raise LetterError(problems)
    return template


def _examine(path: str | os.PathLike[str], letters: Letters) -> tuple[Template | None, list[Problem]]:
    package, problems = read_package(path)
    if package is None or problems:
        return None, problems
    names: dict[str, Shape] = {name: holder.shape for name, holder in letters.placeholders.items()}
    optional = frozenset(name for name, holder in letters.placeholders.items() if holder.optional)
    scope = Scope(names, optional)
    collected = _Found(package.path)
    for part in filled_parts(package):
        _PartCheck(scope, collected).check(paragraphs(package.trees[part], part))
    check_leftovers(package, collected.add)
    kind = next((k for k in letters.kinds.values() if Path(k.template).name == Path(package.path).name), None)
    if kind is not None and not collected.has_errors:
        _check_whole(kind, letters, {name for name, _ in scope.used}, collected)
    template = None if collected.has_errors else Template(package, frozenset(scope.used))
    return template, collected.problems


class _Found:
    """Problems of one template; what stands in the file twice (text boxes) is said once."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._seen: dict[tuple[Any, ...], Problem] = {}

    def add(self, code: str, paragraph: Paragraph | None, **values: Any) -> None:
        shown = {name: _short(value) for name, value in values.items()}
        number, excerpt = 0, None
        if paragraph is not None:
            shown["where"], number = paragraph.where, paragraph.number
            excerpt = masked(paragraph.words[:1000])
        place = Place(self._path, number or 1)
        part = paragraph.part if paragraph is not None else None
        self._seen.setdefault((code, part, number, str(sorted(shown.items()))), Problem(code, place, shown, excerpt))

    @property
    def problems(self) -> list[Problem]:
        return sorted(self._seen.values(), key=lambda problem: problem.place)

    @property
    def has_errors(self) -> bool:
        return any(problem.severity == "error" for problem in self._seen.values())


def _short(value: Any) -> Any:
    if isinstance(value, Text):
        return Text(_short(value.zh), _short(value.en)) if max(len(value.zh), len(value.en)) > 1000 else value
    if not isinstance(value, str):
        return value
    line = masked(" ".join(value.split()))
    return line if len(line) <= _MOST_SHOWN else line[:_MOST_SHOWN] + "…"


@dataclass
class _Open:
    """A for or an if that waits for its end."""

    word: str
    tag: Tag
    paragraph: Paragraph
    holder: Any
    outer: Scope


class _PartCheck:
    """One part of a template, paragraph by paragraph."""

    def __init__(self, scope: Scope, found: _Found) -> None:
        self._scope = scope
        self._found = found
        self._open: list[_Open] = []

    def check(self, content: Iterable[Paragraph]) -> None:
        for paragraph in content:
            if holds_identity_number(paragraph.words):
                self._found.add("RK741", paragraph, field=paragraph.called)
            for _, wrong in strays_in(paragraph.words):
                self._found.add("RK720", paragraph, what=wrong)
            for tag in tags_in(paragraph.words):
                self._check_tag(tag, paragraph)
            while self._open and self._open[-1].tag.level == "within":
                self._unfinished(self._open.pop())
        while self._open:
            self._unfinished(self._open.pop())

    def _check_tag(self, tag: Tag, paragraph: Paragraph) -> None:
        def say(code: str, **values: Any) -> None:
            self._found.add(code, paragraph, **values)

        if tag.is_field:
            check_field(tag.said, self._scope, say)
            return
        holder = self._holder(tag, paragraph)
        word = (tag.said.split() or [""])[0]
        if word in _PAIRS:
            outer = self._scope
            self._scope = (check_loop if word == "for" else check_condition)(tag.said, outer, say)
            self._open.append(_Open(word, tag, paragraph, holder, outer))
        elif word in ("else", "elif"):
            opened = self._top("if", tag, paragraph, holder)
            if opened is not None and word == "elif":
                self._scope = check_condition(tag.said.replace("elif", "if", 1), opened.outer, say)
            elif opened is not None:
                self._scope = opened.outer
        elif word in _ENDS and tag.said.split() == [word]:
            opened = self._top(_ENDS[word], tag, paragraph, holder)
            if opened is not None:
                self._scope = opened.outer
                self._open.pop()
        else:
            say("RK724", what=_STATEMENT.fill(source=tag.source))

    def _holder(self, tag: Tag, paragraph: Paragraph) -> Any:
        """What the tag repeats or leaves out stands in this; it is the same for both ends of a pair."""
        if tag.level == "within":
            return paragraph.element
        if tag.level == "paragraph":
            if paragraph.words.strip() != tag.source or paragraph.holds_more:
                self._found.add("RK727", paragraph, word=tag.source, unit=_UNITS["paragraph"])
            return paragraph.container
        row = paragraph.row
        if row is None:
            what = _OUTSIDE_TABLE.fill(source=tag.source)
            self._found.add("RK724", paragraph, what=what)
            return None
        if "".join(p.words for p in paragraphs(row, paragraph.part)).strip() != tag.source:
            self._found.add("RK727", paragraph, word=tag.source, unit=_UNITS["row"])
        return row.getparent()

    def _top(self, word: str, tag: Tag, paragraph: Paragraph, holder: Any) -> _Open | None:
        """The for or if that a tag belongs to, or None and a problem."""
        opened = self._open[-1] if self._open else None
        if opened is None or opened.word != word or opened.holder is not holder or opened.tag.level != tag.level:
            what = _ON_ITS_LEVEL.fill(word=word)
            self._found.add("RK726", paragraph, word=tag.source, what=what)
            return None
        return opened

    def _unfinished(self, opened: _Open) -> None:
        self._scope = opened.outer
        end = _PAIRS[opened.word]
        near = Text("同一段里", " in its paragraph") if opened.tag.level == "within" else Text("", "")
        what = _MATCHING.fill(near=near, end=end)
        self._found.add("RK726", opened.paragraph, word=opened.tag.source, what=what)


_OF_EVERY_LETTER = ("number", "subject", "recipient", "seal", "issued_on")
_WITH_WORDING: Mapping[str, str] = {
    "reason": "reason",
    "objection": "objection",
    "consequences": "consequences",
    "legal_basis": "legal_basis",
    "reply": "reply_by",
}


def _check_whole(kind: LetterKind, letters: Letters, used: set[str], collected: _Found) -> None:
    """Warn of what a letter of this kind is to say and its template leaves out."""
    if kind.sheet == "form":
        return
    wanted = [*_OF_EVERY_LETTER, *(source for key, source in _WITH_WORDING.items() if getattr(kind, key))]
    said = {letters.placeholders[name].of for name in used if name in letters.placeholders}
    for source in wanted:
        names = [name for name, holder in letters.placeholders.items() if holder.of == source]
        if names and source in SOURCES and source not in said:
            collected.add("RK731", None, field=names[0])
