"""A fixture as it is written in a file, in ids or in Chinese labels: what check, diff and new cases hand over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from reformkit.model.case import Finding, plain
from reformkit.model.decision import Decision
from reformkit.model.gives import Amount, CollectedGives
from reformkit.model.rulebook import DecisionTable, Rulebook
from reformkit.model.vocabulary import Facts, Field
from reformkit.reading import keywords
from reformkit.text import Lang, Text

_KEYS = {"id": "编号", "findings": "剖析发现", **keywords.OF_FIXTURES}
_EXPECTED = {**keywords.OF_EXPECTATIONS, **keywords.OF_DECISIONS, **keywords.OF_MEASURES}

_PLAIN = re.compile(r"[^\W\d][\w.\-（）()、，。；：“”‘’《》～·/+% ]*[\w）)”。]|[^\W\d]|\d{4}-\d\d-\d\d|[1-9]\d*|0")
_OTHERWISE_READ = re.compile("(?i)y|n|yes|no|on|off|true|false|null|nan|inf")


@dataclass(frozen=True, slots=True)
class FixtureDraft:
    """A fixture to be written: the facts of a case, its day, and what its decisions come to at present."""

    id: str
    name: str
    facts: Facts
    as_of: date | None = None
    findings: tuple[Finding, ...] = ()
    expected: Mapping[str, Decision] = field(default_factory=dict)
    measures: tuple[str, ...] = ()
    confirmed: bool = False

    def to_dict(self, rulebook: Rulebook) -> dict[str, Any]:
        """The fixture as files hold it, in ids."""
        said: dict[str, Any] = {"id": self.id, "name": self.name, "confirmed": self.confirmed}
        if self.as_of is not None:
            said["as_of"] = self.as_of.isoformat()
        said |= {name: plain(value) for name, value in self.facts.items()}
        if self.findings:
            said["findings"] = [
                {name: said for name, said in finding.to_dict().items() if name != "evidence"}
                for finding in self.findings
            ]
        expect = {name: expectation(rulebook.decisions[name], came) for name, came in self.expected.items()}
        if rules := {name: came.rule for name, came in self.expected.items() if came.rule is not None}:
            expect["rules"] = rules
        if self.measures:
            expect["measures"] = {"include": list(self.measures)}
        return {**said, "expect": expect}


def expectation(table: DecisionTable, came: Decision) -> Any:
    """What a decision came to, as a fixture expects it."""
    if came.status == "decided":
        outcome = list(came.outcomes) if table.hit == "collect" else came.outcome
        given = _given(came)
        if not given:
            return outcome
        if table.hit == "collect":  # outcomes by themselves are those that are sure, whatever else is possible
            return {"status": came.status, "outcomes": outcome, "gives": given}
        return {"outcome": outcome, "gives": given}
    said: dict[str, Any] = {"status": came.status}
    if came.status == "undetermined":
        if table.hit == "collect":
            said["outcomes"] = list(came.outcomes)
        said["possible"] = list(came.possible)
    return said


def _given(came: Decision) -> dict[str, Any]:
    """What came with the outcome; of a decision that collects, by outcome."""
    gives = came.gives
    if isinstance(gives, CollectedGives):
        return {outcome: dict(given) for outcome, given in zip(came.outcomes, gives, strict=True) if given}
    return dict(gives or {})


def fixture_text(fixture: Mapping[str, Any], rulebook: Rulebook, lang: Lang = "zh") -> str:
    """One fixture, given in ids, as an item of a list in YAML."""
    lines = list(_Writer(rulebook, lang).lines(fixture))
    return "\n".join(("- " if i == 0 else "  ") + line for i, line in enumerate(lines)) + "\n"


_TRUE, _FALSE = (Text(zh, en) for en, zh in (keywords.TRUE, keywords.FALSE))


class _Writer:
    """Names and values in one language; keys in the order given, lists in the order of the vocabulary."""

    def __init__(self, rulebook: Rulebook, lang: Lang) -> None:
        self._lang: Lang = lang
        self._fields = rulebook.fields
        vocabulary = rulebook.vocabulary
        asked = {fact for table in rulebook.decisions.values() for fact in table.facts}
        self._assessed = None if vocabulary.dates.assessed in asked else vocabulary.dates.assessed
        self._of_findings = {
            "cause": vocabulary.gathered.get("cause"),
            **vocabulary.finding_fields,
            **vocabulary.unit_fields,
        }

    def lines(self, fixture: Mapping[str, Any]) -> Iterator[str]:
        for key, value in self._judged(fixture).items():
            if key in ("expect", "findings"):
                yield f"{self._key(key)}:" if value else f"{self._key(key)}: {'{}' if key == 'expect' else '[]'}"
            if key == "expect":
                yield from (f"  {self._name(name)}: {self._expected(name, said)}" for name, said in value.items())
            elif key == "findings":
                yield from (f"  - {self._finding(finding)}" for finding in value)
            else:
                yield f"{self._name(key)}: {self._value(value, self._fields.get(key))}"

    def _judged(self, fixture: Mapping[str, Any]) -> Mapping[str, Any]:
        """The fixture with its day as the fact that states it, where the vocabulary has one and no rule asks for it."""
        assessed = self._assessed
        if assessed is None or assessed in fixture:
            return fixture
        return {assessed if key == keywords.AS_OF else key: value for key, value in fixture.items()}

    def _key(self, key: str) -> str:
        return Text({**keywords.ZH, **_KEYS, **_EXPECTED}.get(key, key), key).say(self._lang)

    def _given(self, said: Mapping[str, Any], decision: Field | None) -> str:
        """What comes with an outcome, or by outcome; words that look like a number are quoted."""
        parts = []
        for name, value in said.items():
            if isinstance(value, Mapping):
                parts.append(f"{self._value(name, decision)}: {self._given(value, None)}")
            else:
                parts.append(f"{name}: {scalar_or_quoted(value)}")
        return "{" + ", ".join(parts) + "}"

    def _name(self, key: str) -> str:
        """A key of the fixture, or the name of a fact or decision."""
        if key in _KEYS or key in _EXPECTED:
            return self._key(key)
        return scalar(Text(self._fields[key].label.zh if key in self._fields else key, key).say(self._lang))

    def _expected(self, key: str, wanted: Any) -> str:
        if not isinstance(wanted, Mapping):
            return self._value(wanted, self._fields.get(key))
        of = self._fields.get(key)
        parts = []
        for part, said in wanted.items():
            if part == "status":
                parts.append(f"{self._key(part)}: {Text(keywords.STATUSES[said], said).say(self._lang)}")
            elif part == "gives":
                parts.append(f"{self._key(part)}: {self._given(said, of)}")
            elif key in keywords.OF_EXPECTATIONS:
                parts.append(f"{self._name(part)}: {self._value(said, None)}")
            else:
                parts.append(f"{self._key(part)}: {self._value(said, of)}")
        return "{" + ", ".join(parts) + "}"

    def _finding(self, finding: Mapping[str, Any]) -> str:
        said = (
            f"{self._key(part)}: {self._value(value, self._of_findings.get(part))}" for part, value in finding.items()
        )
        return "{" + ", ".join(said) + "}"

    def _value(self, value: Any, field: Field | None) -> str:
        if isinstance(value, bool):
            return (_TRUE if value else _FALSE).say(self._lang)
        if field is not None and field.type == "number":
            return str(value)
        if isinstance(value, str):
            label = field.values[value].label.zh if field and value in field.values else value
            return scalar(Text(label, value).say(self._lang))
        if isinstance(value, Iterable):
            order = {} if field is None else {tag: i for i, tag in enumerate(field.values)}
            listed = sorted(value, key=lambda tag: order.get(tag, len(order)))
            return "[" + ", ".join(self._value(tag, field) for tag in listed) + "]"
        return str(plain(value))


def scalar_or_quoted(value: Amount | str) -> str:
    """A value that comes with an outcome as YAML has it: a number as it is, words in quotes where they might be one."""
    if isinstance(value, str):
        return scalar(value) if not value[:1].isdigit() else json.dumps(value, ensure_ascii=False)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def scalar(word: str) -> str:
    """A word as YAML takes it in any place, in quotation marks where it might be read otherwise.

    >>> scalar("县级"), scalar("no"), scalar("a: b")
    ('县级', '"no"', '"a: b"')
    """
    if _PLAIN.fullmatch(word) and not _OTHERWISE_READ.fullmatch(word) and ": " not in word:
        return word
    return json.dumps(word, ensure_ascii=False)
