"""Checking facts that come from Python: canonical names, exact types, every fault at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from reformkit.intake.identifying import id_problem, no_id
from reformkit.intake.python_values import ValueFault, id_of, plainly_right, short, taker, unknown_word
from reformkit.model.case import Case, Finding, FrozenFacts
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Facts, Field, Value
from reformkit.parsing.identity import holds_identity_number
from reformkit.parsing.source import forbidden
from reformkit.problem import NOWHERE, CaseError, Place, Problem
from reformkit.reading import keywords
from reformkit.reading.keys import key_of
from reformkit.reading.taking import Taker, odd
from reformkit.reading.words import Words
from reformkit.text import Text, visible


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
    so. A choice is a str, a flag a bool, a count an int (True is not 1), a number an int, a Decimal, a float or a str
    with no more than its places, a date a `date`, a moment at midnight or an ISO string, tags any collection of str;
    NumPy's numbers, booleans and days are taken too. Outcomes of decisions and signals may be stated too: what is
    stated wins.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._fields = rulebook.fields
        self._finding_fields = rulebook.vocabulary.finding_fields
        self._unit_fields = rulebook.vocabulary.unit_fields
        self.taker = Taker(self._fields, rulebook.vocabulary.unknown_words)
        self._takes = {name: taker(field) for name, field in self._fields.items() if field.type != "text"}
        self._texts = dict.fromkeys(name for name, field in self._fields.items() if field.type == "text")
        self._plain = {name: found for name, field in self._fields.items() if (found := plainly_right(field))}
        labels = {name: field.label.zh for name, field in self._fields.items()}
        self._names = Words({**labels, **keywords.with_chinese(keywords.OF_CASES)})
        self._gathered = rulebook.vocabulary.gathered

    @property
    def no_values(self) -> list[str]:
        """The words, `bare`, that are no value of a text."""
        return self.taker.no_values

    def case(self, given: Case | Mapping[str, Any], *, is_read: bool = False) -> Case:
        """A checked case; one that this checker has passed before is not checked again.

        Where it `is_read`, it was just read from a file over the same facts, by what takes values here too: they are
        not taken twice. Raises `CaseError` with every fault.
        """
        problems: list[Problem] = []
        if isinstance(given, Case):
            if given.facts.checked_by is self:
                return given
            case, place = given, given.place
        else:
            case, place = _from_flat(given, problems), NOWHERE
        facts, findings = dict(case.facts), case.findings
        if not is_read:
            facts = self._facts(case.facts, place, problems)
            findings = None if findings is None else tuple(self._finding(f, place, problems) for f in findings)
        for name, text in _unchecked_texts(case):
            if holds_identity_number(text):
                problems.append(_problem("RK139", place, name))
            if (wrong := forbidden(text)) is not None:
                problems.append(_problem(wrong[0], place, name, **wrong[1]))
        problems += [id_problem(fault, place) for fault in odd(case.id.strip()) if forbidden(case.id) is None]
        if case.id.strip() and self.taker.is_no_id(case.id.strip()):
            problems.append(no_id(case.id.strip(), place))
        if problems and case.id:
            problems = [replace(problem, case=case.id.strip()) for problem in problems]
        if any(problem.severity == "error" for problem in problems):
            raise CaseError(problems)
        facts = self._with_findings(facts, case)
        frozen = FrozenFacts(facts, self.compared(facts), checked_by=self)
        said = tuple(problems) if case._problems is None else case._problems
        return Case._made(case.id.strip(), frozen, findings, place, said, case._carried)

    def with_more(self, case: Case, told: Mapping[str, Any]) -> Case | None:
        """A case of which more facts are told (None: taken back), without checking the others again.

        None where only the whole can be checked: with findings or what they give, and where there is something to say.
        """
        if case.facts.checked_by is not self or case.findings is not None or case.problems or "findings" in told:
            return None
        if any(field.name in told for field in self._gathered.values()):
            return None
        problems: list[Problem] = []
        facts = self._facts(told, NOWHERE, problems)
        if problems:
            return None
        known = dict(case.facts)
        for name in told.keys() - facts.keys():
            known.pop(name, None)
        known |= facts
        is_plain = case.compared is case.facts and self.compared(facts) is facts
        frozen = FrozenFacts(known, known if is_plain else self.compared(known), checked_by=self)
        return Case._made(case.id, frozen, None, NOWHERE, ())

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
                word = visible(str(name))
                hint = self._names.hint(word, only_ids=True)
                problems.append(Problem("RK129", place, {"word": word, "hint": hint}, fact=word, in_python=True))
            except ValueFault as fault:
                problems.append(_problem(fault.code, place, name, **fault.values))
        return facts

    def _text(self, name: str, value: Any, place: Place, facts: Facts, problems: list[Problem]) -> None:
        """Take a text as every way in takes it."""
        if not isinstance(value, str) or not value.strip():
            problems.append(_problem("RK135", place, name, word=short(value)))
            return
        text, faults = self.taker.text(value)
        problems += [_problem(code, place, name, **values) for code, values in faults]
        if text is not None:
            facts[name] = text

    def _finding(self, finding: Finding, place: Place, problems: list[Problem]) -> Finding:
        """A finding with the name of its unit as a case has its own, once its values are looked at."""
        pairs: list[tuple[str, str | None, Field | None]] = [("cause", finding.cause, self._gathered.get("cause"))]
        of_it = (*self._finding_fields.items(), *self._unit_fields.items())
        pairs += [(name, getattr(finding, name, None), field) for name, field in of_it]
        for name, word, field in pairs:
            if field is not None and word is not None and field.values and word not in field.values:
                fault = unknown_word(field, word)
                problems.append(_problem(fault.code, place, name, **fault.values))
        if finding.unit is None:
            return finding
        facts: Facts = {}
        self._text("unit", finding.unit, place, facts, problems)
        return finding.model_copy(update={"unit": facts.get("unit")})

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


def _from_flat(given: Mapping[str, Any], problems: list[Problem]) -> Case:
    """A case of a dict; an id or findings that cannot be such are left out, and said."""
    if not isinstance(given, Mapping):
        raise TypeError(f"a case is a Case or a dict of facts, not {type(given).__name__}")
    facts = {k: v for k, v in given.items() if k not in ("id", "findings")}
    try:
        id = id_of(given.get("id"))
    except ValueFault as fault:
        id = ""
        problems.append(_problem(fault.code, NOWHERE, "id", **fault.values))
    findings = given.get("findings")
    if findings is None:
        return Case(id=id, facts=facts)
    if not isinstance(findings, list | tuple):
        problems.append(_no_shape(_LIST_OF_FINDINGS, findings))
        return Case(id=id, facts=facts)
    for finding in findings:
        if not _is_finding(finding):
            problems.append(_no_shape(_A_FINDING, finding))
    taken = tuple(_finding_of(finding) for finding in findings if _is_finding(finding))
    return Case(id=id, facts=facts, findings=taken)


_A_FINDING = Text(
    "剖析发现 {cause, matter, evidence, unit, unit_kind, industry}（至少有 cause）",
    "a finding, {cause, matter, evidence, unit, unit_kind, industry} with at least `cause`",
)
_LIST_OF_FINDINGS = Text(
    "列表，每项是 {cause, matter, evidence, unit, unit_kind, industry}",
    "a list, each item of which is {cause, matter, evidence, unit, unit_kind, industry}",
)


def _no_shape(want: Text, given: object) -> Problem:
    """The problem of findings, or of one of them, that a program gave in another shape."""
    return _problem(
        "RK119", NOWHERE, "findings", what=Text("剖析发现", "`findings`"), want=want, word=short(given), hint=""
    )


def _problem(code: str, place: Place, name: str, **values: Any) -> Problem:
    """What is wrong with a value that a program gave."""
    return Problem(code, place, {"fact": name, **values}, fact=name, in_python=True)


def _finding_of(given: Mapping[str, Any] | Finding) -> Finding:
    return given if isinstance(given, Finding) else Finding(**{k: v for k, v in given.items() if v is not None})


def _is_finding(given: object) -> bool:
    if isinstance(given, Mapping):
        stated = {k: v for k, v in given.items() if v is not None}
        return stated.keys() <= _FINDING and "cause" in stated and all(isinstance(v, str) for v in stated.values())
    return isinstance(given, Finding)


_FINDING = frozenset(Finding.model_fields)
