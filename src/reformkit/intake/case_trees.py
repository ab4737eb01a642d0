"""Cases from located trees: what YAML, JSON and told facts say of a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reformkit.intake.findings import FindingReader, is_unknown
from reformkit.intake.identifying import ID, case_id
from reformkit.intake.rulebook_files import TITLES, told_by
from reformkit.intake.spellings import Spellings
from reformkit.model.case import Case, Finding, FrozenFacts, Unread
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Field, Value
from reformkit.parsing.report import Report, content_of
from reformkit.parsing.tree import Lost, Mapping, Scalar, Sequence, Tree
from reformkit.problem import Place, Problem
from reformkit.reading import keywords
from reformkit.reading.form import LIST, MAPPING, mapping_of, quoted, scalar_of, sequence_of
from reformkit.reading.values import Lexicon
from reformkit.reading.words import Words
from reformkit.text import Text

_CASE = Text("案件", "a case")
_FINDINGS = quoted("剖析发现", "findings")


class CaseReader:
    """Turns located trees into cases, over the facts of a rulebook; `spellings` are those of the file so far."""

    def __init__(
        self, rulebook: Rulebook, lexicon: Lexicon, report: Report, spellings: Spellings | None = None
    ) -> None:
        self._spellings = spellings
        self._lexicon = lexicon
        own = keywords.of_fixtures({field.label.zh for field in rulebook.fields.values()})
        self._own_keys = Words({**keywords.with_chinese(keywords.OF_CASES), **own})
        self.report = report
        self.findings = FindingReader(rulebook, lexicon, report)

    def case(self, node: Tree) -> Case | None:
        """A case, or None and its problems."""
        report = self.report
        kept, _ = report.kept, report.warnings()  # those before are another's
        mapping = mapping_of(node, _CASE, report)
        if mapping is None:
            return None
        kind = self._other_kind(mapping)
        if kind is not None:
            report.add("RK266", node.place, kind=TITLES[kind].within())
            return None
        case = self._case(mapping)
        id = case.id if case is not None else self._id_of(mapping)
        report.complete(kept, lambda problem: _with_entry(problem, mapping, id))
        if case is not None:
            case._problems = report.warnings()
        return case

    def case_or_unread(self, node: Tree) -> Case | Unread:
        """A case, or where it stands that could not be taken."""
        case = self.case(node)
        if case is not None:
            return case
        id = self._id_of(node) if isinstance(node, Mapping) else None
        return Unread(node.place, content_of(id or "") or "")

    def _other_kind(self, mapping: Mapping) -> str | None:
        """The kind of rulebook file that a mapping is instead of a case: it has that kind's keys and none of a case."""
        if any(self._own_keys.find(key.text) in keywords.OF_CASES for key, _ in mapping.pairs):
            return None
        facts = self._lexicon.fields
        called = facts.keys() | {field.label.zh for field in facts.values()}
        return told_by({key.text for key, _ in mapping.pairs} - called)

    def _case(self, mapping: Mapping) -> Case | None:
        """The case that a mapping says, or None and its problems."""
        report, errors = self.report, self.report.errors
        id: str | None = None
        facts: dict[str, Value] = {}
        findings: tuple[Finding, ...] | None = None
        for name, value in self._entries(mapping):
            if name == "id":
                id = self.id_of(value)
            elif name == "findings":
                findings = self._findings(value)
            elif name not in keywords.OF_FIXTURES and not is_unknown(value):
                field = self._lexicon.fields[name]
                known = self._value(field, value)
                if known is not None:
                    facts[name] = known
                    if field.type == "text" and self._spellings is not None:
                        self._spellings.report(field, str(known), value.place, report)
        if id is None and report.errors == errors:
            report.add("RK121", mapping.place, what=_CASE, key=ID)
        if id is None or mapping.faulty or report.errors > errors:
            return None
        case = Case(id=id, facts=FrozenFacts(facts), findings=findings)
        case._place = mapping.place
        return case

    def id_of(self, node: Tree) -> str | None:
        """The id that a node gives, or None and its problem."""
        return case_id(scalar_of(node, ID, self.report), self._lexicon.is_no_id, self.report)

    def named(self, key: str) -> tuple[str | None, Field | None]:
        """The name of what a key of a case stands for, and the fact if it is one; None twice if it names nothing."""
        name = self._own_keys.find(key)
        if name is not None:
            return name, None
        name = self._lexicon.find(key)
        return name, None if name is None else self._lexicon.fields[name]

    def word(self, field: Field, word: Scalar) -> Value | None:
        """What one word says of a fact (of tags: one tag), or None and its problem."""
        known = scalar_of(word, quoted(field.label.zh, field.name), self.report)
        return None if known is None else self._lexicon.value(known, field)

    def _id_of(self, mapping: Mapping) -> str | None:
        """The id that stands in a mapping, as it is written there."""
        ids = (value for key, value in mapping.pairs if self._own_keys.find(key.text) == "id")
        return next((value.text.strip() for value in ids if isinstance(value, Scalar)), None)

    def is_respelt(self, case: Case, line: int) -> bool:
        """Whether some text of a case that was read without places was written otherwise on an earlier line."""
        texts = [(n, v) for n, v in case.facts.items() if self._lexicon.fields[n].type == "text"]
        return self._spellings is not None and any(self._spellings.fault(n, v, line) for n, v in texts)

    def _entries(self, mapping: Mapping) -> Iterator[tuple[str, Tree]]:
        first: dict[str, int] = {}
        for key, value in mapping.pairs:
            name = self._own_keys.find(key.text)
            if name is None:
                field = self._lexicon.field(key)
                name = field.name if field else None
            if name is None:
                continue
            if name in first:
                self.report.add("RK110", key.place, key=key.text, first=first[name])
            else:
                first[name] = key.place.line
                yield name, value

    def _value(self, field: Field, node: Tree) -> Value | None:
        if field.type == "tags":
            return self._tags(field, node)
        if isinstance(node, Scalar) and node.text.strip():
            return self._lexicon.value(node, field)
        if field.type == "text" and not isinstance(node, Lost):
            shape = LIST if isinstance(node, Sequence) else MAPPING if isinstance(node, Mapping) else " "
            self.report.add("RK135", node.place, fact=field, word=shape)
        else:
            scalar_of(node, quoted(field.label.zh, field.name), self.report)
        return None

    def _tags(self, field: Field, node: Tree) -> frozenset[str] | None:
        if isinstance(node, Scalar):
            self.report.add("RK136", node.place, fact=field, word=node.text)
            return None
        what = quoted(field.label.zh, field.name)
        listed = sequence_of(node, what, self.report)
        words = [scalar_of(item, what, self.report) for item in listed.items] if listed else []
        return frozenset(str(tag) for word in words if word and (tag := self._lexicon.value(word, field)) is not None)

    def _findings(self, node: Tree) -> tuple[Finding, ...] | None:
        if is_unknown(node):
            return None
        listed = sequence_of(node, _FINDINGS, self.report)
        findings = (self.findings.finding(item) for item in listed.items) if listed else ()
        return tuple(finding for finding in findings if finding is not None)


def _with_entry(problem: Problem, mapping: Mapping, case: str | None) -> Problem:
    """A problem of a case with the case's id, and the key and the words of the entry at its place."""
    heading, content = _entry_at(mapping, problem.place)
    return replace(problem, case=case and content_of(case), heading=heading, content=content)


def _entry_at(node: Tree, place: Place) -> tuple[str | None, str | None]:
    """The key that stands last before a place, and what is written under it."""
    if isinstance(node, Scalar):
        return None, content_of(node.text)
    if isinstance(node, Sequence):
        items = [item for item in node.items if item.place <= place]
        return _entry_at(items[-1], place) if items else (None, None)
    pairs = [pair for pair in node.pairs if pair[0].place <= place] if isinstance(node, Mapping) else []
    if not pairs:
        return None, None
    key, value = pairs[-1]
    heading, content = _entry_at(value, place) if value.place <= place else (None, None)
    return heading or key.text, content or (content_of(value.text) if isinstance(value, Scalar) else None)
