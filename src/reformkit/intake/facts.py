"""Checking facts that come from Python: canonical names, exact types, every fault at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from reformkit.intake.identifying import id_problem
from reformkit.model.case import Case, Finding, FrozenFacts
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import MOST_COUNT, Facts, Field, Value
from reformkit.problem import NOWHERE, CaseError, Place, Problem
from reformkit.reading.identity import holds_identity_number
from reformkit.reading.keys import key_of
from reformkit.reading.source import forbidden
from reformkit.reading.taking import Taker, odd
from reformkit.reading.words import Words


class _Fault(Exception):
    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values


class CheckedValue(NamedTuple):
    """The value of a fact (None: nothing that is known), and every problem with what was given."""

    value: Value | None
    problems: list[Problem]

    @property
    def is_wrong(self) -> bool:
        """Whether what was given cannot be taken."""
        return any(problem.severity == "error" for problem in self.problems)


class Checker:
    """Takes facts as Python has them and gives them as deciding wants them, or says what is wrong.

    A fact may be stated by its canonical name only; None is unknown, and so, with a warning, is a text that says
    so. A choice is a str, a flag a bool, a
    count an int (True is not 1), a date a `date` or an ISO string, tags any collection of str. Outcomes of
    decisions and signals may be stated too: what is stated wins.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._fields = rulebook.fields
        self._finding_fields = rulebook.vocabulary.finding_fields
        self._taker = Taker(self._fields, rulebook.vocabulary.unknown_words)
        self._takes = {name: _taker(field) for name, field in self._fields.items() if field.type != "text"}
        self._texts = dict.fromkeys(name for name, field in self._fields.items() if field.type == "text")
        self._plain = {name: found for name, field in self._fields.items() if (found := _plainly_right(field))}
        self._names = Words({name: name for name in self._fields})
        self._by_label = {field.label.zh: name for name, field in self._fields.items()}
        self._gathered = rulebook.vocabulary.gathered

    @property
    def no_values(self) -> list[str]:
        """The words, in lower case and in their normal form, that are no value of a text."""
        return self._taker.no_values

    def case(self, given: Case | Mapping[str, Any]) -> Case:
        """A checked case; one that this checker has passed before is not checked again.

        Raises `CaseError` with every fault.
        """
        if isinstance(given, Case):
            if given.facts.checked_by is self:
                return given
            case, place = given, given.place
        else:
            case, place = _from_flat(given), NOWHERE
        problems: list[Problem] = []
        facts = self._facts(case.facts, place, problems)
        for finding in case.findings or ():
            self._finding(finding, place, problems)
        for name, text in _unchecked_texts(case):
            if holds_identity_number(text):
                problems.append(Problem("RK139", place, {"fact": name}, fact=name))
            if (wrong := forbidden(text)) is not None:
                problems.append(Problem(wrong[0], place, {"fact": name, **wrong[1]}, fact=name))
        problems += [id_problem(fault, place) for fault in odd(case.id) if forbidden(case.id) is None]
        if any(problem.severity == "error" for problem in problems):
            raise CaseError(problems)
        checked = Case(id=case.id.strip(), facts=FrozenFacts(self._with_findings(facts, case)), findings=case.findings)
        checked._place = place
        checked._problems = tuple(problems) if case._problems is None else case._problems
        checked.facts.compared = self.compared(checked.facts)
        checked.facts.checked_by = self
        return checked

    def facts(self, given: Case | Mapping[str, Any]) -> Facts:
        """Checked facts of a case or a dict of facts, as they are compared; raises `CaseError` with every fault."""
        if isinstance(given, Case) or "findings" in given or "id" in given:
            return self.case(given).facts.compared
        problems: list[Problem] = []
        facts = self._facts(given, NOWHERE, problems)
        if any(problem.severity == "error" for problem in problems):
            raise CaseError(problems)
        return self.compared(facts)

    def value(self, name: str, given: Any) -> CheckedValue:
        """The checked value of one fact, and what is to be said of what was given; None is unknown."""
        problems: list[Problem] = []
        found: Value | None = self._facts({name: given}, NOWHERE, problems).get(name)
        return CheckedValue(found, problems)

    def compared(self, facts: Facts) -> Facts:
        """Facts with each text in its normal form: the same dict where no text has another."""
        keys = {name: key for name in self._texts if name in facts and (key := key_of(facts[name])) != facts[name]}
        return {**facts, **keys} if keys else facts

    def _facts(self, given: Mapping[str, Any], place: Place, problems: list[Problem]) -> Facts:
        takes, plain = self._takes, self._plain
        facts: Facts = {}
        for name, value in given.items():
            expected = plain.get(name)
            if expected is not None and type(value) is expected[0] and value in expected[1]:
                facts[name] = value
                continue
            if value is None:
                continue
            if name in self._texts:
                self._text(name, value, place, facts, problems)
                continue
            try:
                facts[name] = takes[name](value)
            except KeyError:
                problems.append(
                    Problem(
                        "RK129",
                        place,
                        {"word": name, "hint": self._names.hint(self._by_label.get(name, str(name)))},
                        fact=name,
                    )
                )
            except _Fault as fault:
                problems.append(Problem(fault.code, place, {"fact": name, **fault.values}, fact=name))
        return facts

    def _text(self, name: str, value: Any, place: Place, facts: Facts, problems: list[Problem]) -> None:
        """Take a text as every way in takes it."""
        if not isinstance(value, str) or not value.strip():
            problems.append(Problem("RK135", place, {"fact": name, "word": _short(value)}, fact=name))
            return
        text, faults = self._taker.text(value)
        problems += [Problem(code, place, {"fact": name, **values}, fact=name) for code, values in faults]
        if text is not None:
            facts[name] = text

    def _finding(self, finding: Finding, place: Place, problems: list[Problem]) -> None:
        pairs: list[tuple[str, str | None, Field | None]] = [("cause", finding.cause, self._gathered.get("cause"))]
        pairs += [(name, getattr(finding, name, None), field) for name, field in self._finding_fields.items()]
        for name, word, field in pairs:
            if field is not None and word is not None and field.values and word not in field.values:
                words = _words(field)
                values = {"fact": field.label, "word": word, "hint": words.hint(word), "known": words.known}
                problems.append(Problem("RK130", place, values, fact=name))

    def _with_findings(self, facts: Facts, case: Case) -> Facts:
        """What the findings say joins what is stated; it is unknown where one of them leaves it open and nothing is."""
        for part, field in self._gathered.items() if case.findings is not None else ():
            found = {getattr(finding, part) for finding in case.findings or ()}
            stated = facts.get(field.name)
            if None not in found or stated is not None:
                facts[field.name] = frozenset(found - {None}) | (stated or frozenset())
        return facts


def _unchecked_texts(case: Case) -> Iterable[tuple[str, str]]:
    """The texts of a case that are no facts."""
    yield "id", case.id
    for finding in case.findings or ():
        if finding.evidence:
            yield "evidence", finding.evidence


def _from_flat(given: Mapping[str, Any]) -> Case:
    if not isinstance(given, Mapping):
        raise TypeError(f"a case is a Case or a dict of facts, not {type(given).__name__}")
    rest = {k: v for k, v in given.items() if k not in ("id", "findings")}
    findings = given.get("findings")
    case_id = _id_of(given.get("id"))
    if findings is None:
        return Case(id=case_id, facts=FrozenFacts(rest))
    if not isinstance(findings, list | tuple):
        raise CaseError([Problem("RK136", NOWHERE, {"fact": "findings", "word": _short(findings)}, fact="findings")])
    wrong = [finding for finding in findings if not _is_finding(finding)]
    if wrong:
        shape = "{cause, matter, evidence}"
        raise CaseError(
            Problem(
                "RK130", NOWHERE, {"fact": "findings", "word": _short(f), "hint": "", "known": shape}, fact="findings"
            )
            for f in wrong
        )
    taken = tuple(f if isinstance(f, Finding) else Finding(**f) for f in findings)
    return Case(id=case_id, facts=FrozenFacts(rest), findings=taken)


def _id_of(given: object) -> str:
    """An id as Python has it, without blanks at its ends; a number is one too, and None is none."""
    return "" if given is None else str(given).strip()


def _is_finding(given: object) -> bool:
    if isinstance(given, Mapping):
        stated = {k: v for k, v in given.items() if v is not None}
        return stated.keys() <= _FINDING and "cause" in stated and all(isinstance(v, str) for v in stated.values())
    return isinstance(given, Finding)


_FINDING = {"cause", "matter", "evidence"}


def _words(field: Field) -> Words:
    return Words({name: item.label.zh for name, item in field.values.items()})


def _short(value: object) -> str:
    if isinstance(value, frozenset):
        value = sorted(map(str, value))
    try:
        text = str(value) if isinstance(value, date) else repr(value)
    except ValueError:  # Python does not write out numbers of more than 4,300 digits
        text = "10…" if value > 0 else "-10…"  # type: ignore[operator]
    return text if len(text) <= 60 else text[:57] + "…"


def _plainly_right(field: Field) -> tuple[type, Container[Any]] | None:
    """An exact type and the values of it that need no further look; None where each needs one."""
    match field.type:
        case "choice":
            return str, dict.fromkeys(field.values)
        case "flag":
            return bool, (True, False)
        case "count":
            return int, range(field.lowest, _MANY if field.highest is None else field.highest + 1)
    return None


_MANY = 1 << 62


def _taker(field: Field) -> Callable[[Any], Value]:
    """The check of one field's Python values."""
    match field.type:
        case "choice":
            return _take_choice(field)
        case "flag":
            return _take_flag
        case "count":
            return _take_count(field)
        case "date":
            return _take_date(field)
        case "tags":
            return _take_tags(field)
    raise AssertionError(field.type)


def _take_choice(field: Field) -> Callable[[Any], str]:
    values = {name: name for name in field.values}

    def take(value: Any) -> str:
        try:
            return values[value]
        except (KeyError, TypeError):
            raise _unknown(field, value) from None

    return take


def _unknown(field: Field, value: object) -> _Fault:
    _look_over(value)
    word = value if isinstance(value, str) else _short(value)
    words = _words(field)
    return _Fault("RK130", word=word, hint=words.hint(word), known=words.known)


def _look_over(value: object) -> None:
    """Say of a text which character of it no text may hold."""
    wrong = forbidden(value) if isinstance(value, str) else None
    if wrong is not None:
        raise _Fault(wrong[0], **wrong[1])


def _take_flag(value: Any) -> bool:
    if value is True or value is False:
        return value
    raise _Fault("RK131", word=_short(value))


def _take_count(field: Field) -> Callable[[Any], int]:
    low, most = field.lowest, field.highest
    high = MOST_COUNT if most is None else most

    def take(value: Any) -> int:
        if type(value) is not int:
            raise _Fault("RK132", word=_short(value), hint="")
        if not low <= value <= high:
            shown = "∞" if most is None and value < low else high
            raise _Fault("RK133", word=_short(value), low=low, high=shown)
        return value

    return take


def _take_date(field: Field) -> Callable[[Any], date]:
    low, high = field.lowest, field.highest

    def take(value: Any) -> date:
        if isinstance(value, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                raise _Fault("RK134", word=value) from None
        if not isinstance(value, date) or isinstance(value, datetime):
            _look_over(value)
            raise _Fault("RK134", word=_short(value))
        if not low <= value <= high:
            raise _Fault("RK133", word=value, low=low, high=high)
        return value

    return take


def _take_tags(field: Field) -> Callable[[Any], frozenset[str]]:
    known_tags = frozenset(field.values)

    def take(value: Any) -> frozenset[str]:
        if isinstance(value, str | Mapping) or not isinstance(value, Iterable):
            raise _Fault("RK136", word=_short(value))
        tags = list(value)
        for tag in tags:
            if not isinstance(tag, str) or tag not in known_tags:
                raise _unknown(field, tag)
        return frozenset(tags)

    return take
