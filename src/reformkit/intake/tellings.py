"""Lines that are told to a session: facts as a line of cases has them, what is taken back, and when it was known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from reformkit.intake.case_trees import CaseReader
from reformkit.intake.cases import case_lexicon
from reformkit.model.rulebook import Rulebook
from reformkit.model.telling import Kind, Telling
from reformkit.parsing.located_json import read_json
from reformkit.parsing.report import Report
from reformkit.parsing.source import CONTROL
from reformkit.parsing.tree import Mapping, Scalar, Tree
from reformkit.problem import Place, Problem
from reformkit.reading import keywords
from reformkit.reading.form import date_of, flag_of, no_day, quoted, scalar_of, sequence_of
from reformkit.reading.words import Words
from reformkit.text import Text

_KEYS = Words({**keywords.with_chinese(keywords.OF_CASES), **keywords.OF_TELLINGS})
_NAMES = {key: quoted(zh, key) for key, zh in keywords.OF_TELLINGS.items()}
_TELLING = Text("告知的一行", "a line that is told")


class TellingReader:
    """Reads the lines of one file or stream, each by itself.

    A line is a JSON object as a case in a `.jsonl` file, in ids or labels. A value null takes a fact back;
    so does `retract: [facts]`; `forget: true` takes the whole case back. `on` is the day it became known.
    What a line says is taken whole or not at all: one that tells and takes back the same thing is a problem.
    """

    def __init__(self, path: str, rulebook: Rulebook) -> None:
        self.path = path
        self._report = Report()
        self._report.show(self)
        self._lexicon = case_lexicon(rulebook, self._report)
        labels = {field.label.zh for field in rulebook.fields.values()}
        self._elsewhere = Words(keywords.of_fixtures(labels))  # of a fixture; here what it expects would be lost
        self._cases = CaseReader(rulebook, self._lexicon, self._report)
        self._line = (0, "")

    def line(self, number: int) -> str | None:
        """The line that is being read, for problems to show."""
        return self._line[1] if number == self._line[0] else None

    def read(self, number: int, raw: bytes) -> tuple[Telling | None, list[Problem]]:
        """What a line tells, with warnings, or nothing and every problem with it; neither for an empty line."""
        text = raw.decode("utf-8-sig" if number == 1 else "utf-8", "surrogateescape").rstrip("\r\n")
        self._line = (number, text)
        telling = self._read(number, text) if text.strip() and self._is_text(number, text) else None
        problems = self._report.take()
        return (None if any(p.severity == "error" for p in problems) else telling), problems

    def _is_text(self, number: int, text: str) -> bool:
        match = CONTROL.search(text)
        if match is None:
            return True
        place, code = Place(self.path, number, match.start() + 1), ord(match.group())
        if 0xDC80 <= code <= 0xDCFF:
            self._report.add("RK106", place, encoding="UTF-8", byte=f"0x{code - 0xDC00:02X}")
        else:
            self._report.add("RK107", place, char=f"U+{code:04X}")
        return False

    def _read(self, number: int, text: str) -> Telling | None:
        tree = read_json(self.path, text, self._report, number)
        if not isinstance(tree, Mapping):
            return None if tree is None else self._of_case(tree)
        own, facts, back = self._entries(tree)
        for item in self._items(own.get("retract")):
            word = scalar_of(item, _NAMES["retract"], self._report)
            back |= dict.fromkeys(self._named(word), "retract") if word else {}
        on, forget = self._day(own.get("on")), self._yes(own.get("forget"))
        for name, (key, _) in facts.items():
            by = "forget" if forget and name != "id" else back.get(name)
            if by is not None:
                self._report.add("RK176", key.place, key=key.text, by=_NAMES[by])
        told = self._of_case(Mapping(tree.place, list(facts.values()), tree.faulty))
        if told is None or self._report.errors:
            return None
        if forget:
            return replace(told, kind="forget", on=on)
        kind: Kind = "retract" if back and not told.facts else "tell"
        unknown = dict.fromkeys(name for name in (*back, *facts) if name != "id")  # by null, or by a word for it
        return replace(told, kind=kind, facts={**unknown, **told.facts}, on=on)

    def _entries(self, tree: Mapping) -> tuple[dict[str, Tree], dict[str, tuple[Scalar, Tree]], dict[str, str]]:
        """What stands under the keys of a telling, what is told by name, and the names that null takes back."""
        own: dict[str, Tree] = {}
        facts: dict[str, tuple[Scalar, Tree]] = {}
        back: dict[str, str] = {}
        first: dict[str, int] = {}
        for key, value in tree.pairs:
            is_null = isinstance(value, Scalar) and value.is_null
            for name in self._keyed(key):
                if name in first:
                    self._report.add("RK110", key.place, key=key.text, first=first[name])
                    continue
                first[name] = key.place.line
                if name in keywords.OF_TELLINGS:
                    own |= {} if is_null else {name: value}
                elif is_null and name != "id":
                    back[name] = "null"
                else:
                    facts[name] = key, value
        return own, facts, back

    def _keyed(self, key: Scalar) -> list[str]:
        """What a key of the line stands for; nothing, with a problem, for one that stands for nothing here."""
        name = _KEYS.find(key.text)
        if name is not None:
            return [name]
        if self._elsewhere.find(key.text) is not None:
            self._report.add("RK120", key.place, what=_TELLING, word=key.text, hint="", known=_KEYS.known)
            return []
        return self._named(key)

    def _of_case(self, tree: Tree) -> Telling | None:
        case = self._cases.case(tree)
        if case is None:
            return None
        facts: dict[str, Any] = dict(case.facts)
        if case.findings is not None:
            facts["findings"] = case.to_dict()["findings"]
        return Telling("tell", case.id, facts, place=case.place)

    def _named(self, key: Scalar) -> list[str]:
        """The fact that a word names; none, with a problem, if it names none."""
        if _KEYS.find(key.text) == "findings":
            return ["findings"]
        field = self._lexicon.field(key)
        return [] if field is None else [field.name]

    def _items(self, node: Tree | None) -> list[Tree]:
        listed = sequence_of(node, _NAMES["retract"], self._report)
        return listed.items if listed else []

    def _day(self, node: Tree | None) -> date | None:
        word = scalar_of(node, _NAMES["on"], self._report)
        day = None if word is None else date_of(word.text)
        if word is not None and day is None:
            code, values = no_day(word.text)
            self._report.add(code, word.place, fact=Text(keywords.OF_TELLINGS["on"], "on"), **values)
        return day

    def _yes(self, node: Tree | None) -> bool:
        word = scalar_of(node, _NAMES["forget"], self._report)
        said = None if word is None else flag_of(word.text)
        if word is not None and said is None:
            self._report.add("RK131", word.place, fact=Text(keywords.OF_TELLINGS["forget"], "forget"), word=word.text)
        return bool(said)
