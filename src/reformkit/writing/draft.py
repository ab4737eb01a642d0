"""A letter that is drafted: its fields, what it still lacks, and the file that it becomes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from reformkit.beside import beside
from reformkit.model.cited import Cited
from reformkit.model.letter import GIVEN_AT_ISSUE, Blank, LetterKind, Letters, Placeholder
from reformkit.model.letter_number import LetterNumber
from reformkit.model.library import Library
from reformkit.problem import LetterError, Place, Problem
from reformkit.reading.words import Words
from reformkit.text import Text
from reformkit.writing.about import LetterAbout
from reformkit.writing.faults import faults_in, words_of
from reformkit.writing.saying import cited, said_of

if TYPE_CHECKING:
    from reformkit.writing.preview import Preview

_WHAT_IS_PART = Text("{name}第{number}项的{part}是什么？", "What is the {part} of entry {number} of {name}?")
_QUOTED = Text("“{value}”", "`{value}`")
_WHAT_IS = Text("{name}是什么？", "What is {name}?")

_UNNUMBERED, _UNDATED = "〔待编号〕", "（待发文）"
_WANTED = {
    "words": Text("一项文字", "a text"),
    "day": Text("日期", "a date"),
    "list": Text("文字的列表", "a list of texts"),
}
_ENTRIES = Text("逐项的列表，每项写明各部分", "a list of mappings, one an entry")


def drafted(letters: Letters, kind: str, about: LetterAbout, library: Library | None = None) -> Draft:
    """A letter of one kind about something. Raises KeyError for an unknown kind, `LetterError` for a bad template."""
    if kind not in letters.kinds:
        raise KeyError(f"no letter {kind!r}; there are: {', '.join(letters.kinds)}")
    from reformkit.writing.template import read_template  # noqa: PLC0415 (lxml is not everywhere; a mould needs none)

    chosen = letters.kinds[kind]
    return Draft(letters, chosen, about, library, read_template(letters.template_of(chosen), letters))


class Fillable(Protocol):
    """A checked template, or its mould: the names that it uses, and itself filled."""

    @property
    def path(self) -> str: ...
    @property
    def used(self) -> frozenset[tuple[str, str | None]]: ...
    @property
    def fields(self) -> frozenset[str]: ...
    def filled(self, values: Mapping[str, Any], title: str) -> bytes: ...


@dataclass(frozen=True)
class Draft:
    """A letter before it is issued. `fields` is what its template names, each by its placeholder; None is not known."""

    letters: Letters
    kind: LetterKind
    about: LetterAbout
    library: Library | None
    template: Fillable
    _told: Mapping[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str | None:
        """The code that its number begins with (代字); None for a form, which has no number."""
        code = self.about.codes.get(self.kind.name or "")
        return None if code is None or self.kind.series is None else f"{code}{self.kind.series}"

    @cached_property
    def fields(self) -> dict[str, Any]:
        """What each placeholder of the template says now."""
        return self._fields(self.about.day)

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """What the letter lacks, each with the question to ask; number and day come when it is issued."""
        return tuple(self._blanks(self.fields))

    @property
    def basis(self) -> tuple[Cited, ...]:
        """What the letter rests on, each with how far it was checked."""
        citations = (*self.kind.legal_basis, *self.kind.consequences_basis)
        return cited(citations, self.library, self.about.day)

    @property
    def problems(self) -> list[Problem]:
        """Everything that keeps the letter from being issued now, number and day apart."""
        return self._problems(self.fields)

    def told(self, **fields: Any) -> Draft:
        """The letter with some fields as a person says them. Raises `LetterError` for fields that it cannot take."""
        problems = [problem for name, value in fields.items() for problem in self._wrong_with(name, value)]
        if problems:
            raise LetterError(problems)
        return replace(self, _told={**self._told, **fields})

    def filled(self, number: str | LetterNumber | None, on: date) -> bytes:
        """The letter as it is issued under a number on a day; a form has no number.

        Raises `LetterError` with everything that it lacks and everything that may not go out.
        """
        values = self._fields(on)
        problems = self._problems(values)
        if self.code is not None and (number is None or LetterNumber.parse(str(number)) is None):
            problems.append(Problem("RK747", self._place, {"word": str(number or "")}))
        if problems:
            raise LetterError(problems)
        return self._file(values, None if number is None else str(number), on)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the letter as it stands to a .docx, marked as not yet numbered and dated.

        Raises `LetterError` where something is missing.
        """
        target = Path(path)
        if target.suffix.lower() != ".docx":
            raise ValueError(f"a letter is saved as .docx, not as {target.suffix or 'a file without an ending'}")
        data = self.unissued()
        with beside(target) as file:
            file.write(data)
        return target

    def preview(self, path: str | os.PathLike[str]) -> Preview:
        """Write the letter as it stands to a .pdf or .png, by LibreOffice; says which fonts stand in for others."""
        from reformkit.writing.preview import preview  # noqa: PLC0415 (a process is started; most never do)

        return preview(self.unissued(), path)

    def unissued(self) -> bytes:
        """The letter as it stands, marked as not yet numbered and dated. Raises `LetterError` if something is missing."""
        problems = self.problems
        if problems:
            raise LetterError(problems)
        return self._file(self.fields, f"{self.code or ''}{_UNNUMBERED}", _UNDATED)

    def _file(self, values: Mapping[str, Any], number: str | None, on: date | str) -> bytes:
        given = {"number": number, "issued_on": on}
        said = {name: given.get(self.letters.placeholders[name].of) or value for name, value in values.items()}
        subject = next((v for n, v in values.items() if self.letters.placeholders[n].of == "subject"), None)
        return self.template.filled(said, subject or self.kind.title.zh)

    def _fields(self, day: date | None) -> dict[str, Any]:
        said = said_of(self.letters, self.kind, self.about, self.library, day)
        return {
            name: self._told[name] if name in self._told else _under_its_names(holder, said[holder.of])
            for name, holder in self.letters.placeholders.items()
            if name in self.template.fields
        }

    def _blanks(self, values: Mapping[str, Any]) -> Iterator[Blank]:
        for name, value in values.items():
            holder = self.letters.placeholders[name]
            if holder.of in GIVEN_AT_ISSUE or (holder.optional and not value):
                continue
            if value is None or value in ("", [], ()):
                yield Blank(name, _question(holder))
            elif not isinstance(holder.shape, str):
                yield from self._blanks_of_entries(holder, value)

    def _blanks_of_entries(self, holder: Placeholder, entries: Sequence[Mapping[str, Any]]) -> Iterator[Blank]:
        used = [part for part in holder.parts if (holder.name, part) in self.template.used]
        for number, entry in enumerate(entries, 1):
            for part in used:
                if entry.get(part) in (None, ""):
                    field = f"{holder.name}第{number}项·{part}"
                    yield Blank(
                        field,
                        _WHAT_IS_PART.fill(name=holder.name, number=number, part=part),
                    )

    def _problems(self, values: Mapping[str, Any]) -> list[Problem]:
        title = self.kind.title
        problems = [
            Problem("RK740", self._place, {"title": title, "field": blank.field, "question": blank.question})
            for blank in self._blanks(values)
        ]
        for name, value in values.items():
            for words in words_of(value):
                problems += faults_in(words, name, self._place)
        return problems

    @property
    def _place(self) -> Place:
        return Place(self.template.path)

    def _wrong_with(self, name: str, value: Any) -> Iterator[Problem]:
        holder = self.letters.placeholders.get(name)
        if holder is None or name not in self.template.fields:
            known = Words({word: word for word in self.template.fields})
            said = {"title": self.kind.title, "field": name, "hint": known.hint(name), "known": known.known}
            yield Problem("RK745", self._place, said)
            return
        want = _WANTED[holder.shape] if isinstance(holder.shape, str) else _ENTRIES
        if not _fits(holder, value):
            shown = _QUOTED.fill(value=value)
            yield Problem("RK746", self._place, {"field": name, "want": want, "found": shown})


def _question(holder: Placeholder) -> Text:
    return holder.ask or _WHAT_IS.fill(name=holder.name)


def _under_its_names(holder: Placeholder, value: Any) -> Any:
    """Entries with their parts by the names that the placeholder gives them."""
    if isinstance(holder.shape, str) or value is None:
        return value
    return [{name: entry[part] for name, part in holder.parts.items()} for entry in value]


def _fits(holder: Placeholder, value: Any) -> bool:
    """Whether a value that a person says is of the shape that its placeholder has."""
    match holder.shape:
        case "words":
            return isinstance(value, str) and bool(value.strip())
        case "day":
            return type(value) is date
        case "list":
            return isinstance(value, (list, tuple)) and all(isinstance(v, str) and v.strip() for v in value)
        case _:
            return isinstance(value, (list, tuple)) and all(
                isinstance(v, Mapping) and set(v) == set(holder.parts) for v in value
            )
