"""What is recommended for a case: measures with their filled text, and why not the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal, NamedTuple

from reformkit.advising.citing import citations
from reformkit.advising.plan import Plan, PlannedMeasure, Planner
from reformkit.model.case import Finding
from reformkit.model.cited import Cited
from reformkit.model.library import Library, Measure
from reformkit.model.vocabulary import Facts, Field
from reformkit.text import Lang, Text
from reformkit.wording.suggestion import START, suggestion

Certainty = Literal["found", "suspected"]


class Ground(NamedTuple):
    """What a recommendation is made from: the case as far as it is known."""

    library: Library
    fields: Mapping[str, Field]
    facts: Facts
    findings: tuple[Finding, ...]
    layer: str | None
    day: date | None


class Recommendation:
    """One measure for one case.

    `certainty`: the causes were `found`, or are `suspected` and to be verified. `certain` is False where it
    hangs on the facts in `hangs_on` whether this is the main measure of any cause. `role` is `main`, or
    `also` for a measure that touches the same causes and is offered apart.
    """

    __slots__ = ("certainty", "choice", "ground")

    def __init__(self, choice: PlannedMeasure, certainty: Certainty, ground: Ground) -> None:
        self.choice = choice
        self.certainty = certainty
        self.ground = ground

    @property
    def measure(self) -> Measure:
        return self.choice.measure

    @property
    def weak_point(self) -> str:
        return self.choice.measure.weak_point

    @property
    def role(self) -> str:
        return self.choice.role

    @property
    def covers(self) -> tuple[str, ...]:
        """The causes that it answers (for `also`: touches)."""
        return self.choice.covers

    @property
    def certain(self) -> bool:
        return self.choice.certain

    @property
    def hangs_on(self) -> tuple[str, ...]:
        """The unknown facts on which it hangs whether this is the main measure."""
        return self.choice.hangs_on

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that it answers."""
        subjects = set(self.choice.subjects)
        return tuple(f for f in self.ground.findings if (f.cause, f.matter) in subjects)

    @property
    def text(self) -> str:
        """The suggestion in Chinese, filled from the case; `say` gives either language."""
        return self.say("zh")

    def say(self, lang: Lang = "zh") -> str:
        """The suggestion in full."""
        g, found, findings = self.ground, self.certainty == "found", self.findings
        covers = {c: [f.evidence for f in findings if f.cause == c and f.evidence] for c in self.covers}
        said = suggestion(self.measure, g.library, g.fields, g.facts, covers, g.layer, lang, found=found)
        if not found:
            return f"（待核实）{said}" if lang == "zh" else f"(to be verified) {said}"
        return said

    @property
    def why(self) -> str:
        """Why it was chosen, in Chinese; `say_why` gives either language."""
        return self.say_why("zh")

    def say_why(self, lang: Lang = "zh") -> str:
        """Why it was chosen: the reason on each edge, and what is open."""
        labels = {c: self.ground.library.causes[c].label.say(lang) for c in self.covers}
        pairs = zip(self.covers, self.choice.edges, strict=True)
        zh = lang == "zh"
        reasons = [_reason(labels[c], e.why.say(lang), zh) for c, e in pairs]
        if self.choice.open:
            asked = [self.ground.fields[name].label.say(lang) for name in self.hangs_on]
            causes = [labels[c] for c in self.choice.open]
            reasons.append(
                f"是否为“{'”“'.join(causes)}”的主措施，取决于尚不清楚的：{'、'.join(asked)}。"
                if zh
                else f"Whether it is the main measure for {', '.join(causes)} hangs on what is not known: {', '.join(asked)}."
            )
        return ("" if zh else " ").join(reasons)

    @property
    def basis(self) -> tuple[Cited, ...]:
        """What it may cite for this case: only clauses in force on its day."""
        return citations(self.measure, self.ground.library, self.ground.facts, self.ground.day)

    @property
    def beat(self) -> tuple[str, ...]:
        """The measures that also touch the same causes but do not answer them."""
        return tuple(b.measure.id for b in self.choice.beat)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled, it keeps its words instead of the library that they were made with."""
        said, whys = (Text(say("zh"), say("en")) for say in (self.say, self.say_why))
        choice = replace(self.choice, beat=())
        return KeptRecommendation, (choice, self.certainty, self.findings, said, whys, self.basis, self.beat)

    def __copy__(self) -> Recommendation:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Recommendation:
        return self  # nothing of it changes

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, with both languages."""
        m = self.measure
        return {
            "measure": m.id,
            "title": {"zh": m.title.zh, "en": m.title.en},
            "weak_point": m.weak_point,
            "role": self.role,
            "certainty": self.certainty,
            "certain": self.certain,
            "open": list(self.choice.open),
            "hangs_on": list(self.hangs_on),
            "covers": list(self.covers),
            "findings": [f.model_dump(exclude_none=True) for f in self.findings],
            "text": {"zh": self.say("zh"), "en": self.say("en")},
            "why": {"zh": self.say_why("zh"), "en": self.say_why("en")},
            "beat": list(self.beat),
            "layers": list(m.layers),
            "lead": {"zh": m.lead.zh, "en": m.lead.en},
            "due_days": m.due_days,
            "due_from": {"id": m.due_from, "zh": START[m.due_from].zh, "en": START[m.due_from].en},
            "evidence": [{"zh": e.zh, "en": e.en} for e in m.evidence],
            "basis": [_cited(c) for c in self.basis],
        }


class KeptRecommendation(Recommendation):
    """A recommendation out of a pickle: with its words, without the library that they were made with."""

    __slots__ = ("_basis", "_beat", "_findings", "_said", "_whys")

    def __init__(
        self,
        choice: PlannedMeasure,
        certainty: Certainty,
        findings: tuple[Finding, ...],
        said: Text,
        whys: Text,
        basis: tuple[Cited, ...],
        beat: tuple[str, ...],
    ) -> None:
        self.choice = choice
        self.certainty = certainty
        self._findings = findings
        self._said = said
        self._whys = whys
        self._basis = basis
        self._beat = beat

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that it answers."""
        return self._findings

    def say(self, lang: Lang = "zh") -> str:
        """The suggestion in full."""
        return self._said.say(lang)

    def say_why(self, lang: Lang = "zh") -> str:
        """Why it was chosen."""
        return self._whys.say(lang)

    @property
    def basis(self) -> tuple[Cited, ...]:
        """What it may cite for this case."""
        return self._basis

    @property
    def beat(self) -> tuple[str, ...]:
        """The measures that also touch the same causes but do not answer them."""
        return self._beat


def _reason(label: str, why: str, zh: bool) -> str:
    """Why a measure answers a cause; the cause is named unless the reason begins with it."""
    if why.startswith(label):
        return why
    return f"“{label}”：{why}" if zh else f"“{label}”: {why}"


def _cited(cited: Cited) -> dict[str, Any]:
    at = cited.clause.at if cited.clause is not None else cited.citation.at
    checked = cited.clause.checked if cited.clause else cited.reference.checked if cited.reference else None
    return {
        "kind": cited.citation.kind,
        "ref": cited.citation.ref,
        "use": cited.citation.use,
        "title": _title(cited),
        "at": None if at is None else {"zh": at.zh, "en": at.en},
        "quote": None if cited.clause is None else cited.clause.quote,
        "checked": checked,
    }


def _title(cited: Cited) -> str | None:
    if cited.reference is None:
        return None
    return (cited.clause.document if cited.clause and cited.clause.document else cited.reference.title).zh


class Advice:
    """Everything that a library advises for one case: for causes found, and apart for those suspected."""

    def __init__(self, planner: Planner, ground: Ground, found: frozenset[str], suspected: frozenset[str]) -> None:
        self._planner = planner
        self._ground = ground
        self._found = _NOTHING
        if found:
            subjects = tuple([(f.cause, f.matter) for f in ground.findings])
            self._found = planner.plan(found, subjects, ground.facts, ground.layer)
        self._suspected = _NOTHING
        if suspected:
            self._suspected = planner.plan(suspected, (), ground.facts, ground.layer)

    @property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """The main measures of the causes found, each once, the one that answers most first."""
        return self._made(self._found.mains, "found")

    @property
    def also(self) -> tuple[Recommendation, ...]:
        """Measures that touch the causes found without being the answer to one."""
        return self._made(self._found.also, "found")

    @property
    def suspected(self) -> tuple[Recommendation, ...]:
        """The main measures of causes that are only suspected: to be verified first."""
        return self._made(self._suspected.mains, "suspected")

    @property
    def uncovered(self) -> tuple[str, ...]:
        """Causes found for which the library has no main measure."""
        return self._found.uncovered

    def why_not(self, measure: Measure) -> Text:
        """Why a measure is not recommended (or that it is)."""
        library, causes = self._planner.library, self._planner.library.causes
        if any(c.measure.id == measure.id for c in self._found.mains):
            return Text("本措施已在建议之中。", "It is recommended.")
        for choice in self._found.mains:
            for beaten in choice.beat:
                if beaten.measure.id == measure.id:
                    cause = causes[beaten.edge.cause].label
                    return Text(
                        f"它触及“{cause.zh}”，但答这一症结的是 {choice.measure.id}“{choice.measure.title.zh}”；"
                        f"它的作用是：{beaten.edge.why.zh}",
                        f"It touches “{cause.en}”, but what answers that cause is {choice.measure.id} "
                        f"“{choice.measure.title.en}”. What it does: {beaten.edge.why.en}",
                    )
        if any(c.measure.id == measure.id for c in self._suspected.mains):
            return Text(
                "它所答的症结只是疑似，尚待核实。", "The causes that it answers are only suspected and to be verified."
            )
        answers = [library.causes[c].label for c in dict.fromkeys(e.cause for e in measure.addresses)]
        return Text(
            f"它所答的症结（{'、'.join(a.zh for a in answers)}）都不在已查明的症结之中。",
            f"None of the causes that it answers ({', '.join(a.en for a in answers)}) has been found.",
        )

    def _made(self, choices: Sequence[PlannedMeasure], certainty: Certainty) -> tuple[Recommendation, ...]:
        return tuple([Recommendation(choice, certainty, self._ground) for choice in choices])


_NOTHING = Plan()
