"""Measures: what they say, which causes they answer, and what they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from reformkit.model.library import WORDED_BY, Cause, Citation, Edge, Holder, Measure, Reference, Variant, WeakPoint
from reformkit.model.vocabulary import Vocabulary
from reformkit.parsing import tree
from reformkit.parsing.memory import NOTHING
from reformkit.parsing.report import Report
from reformkit.parsing.tree import Scalar, Sequence, Tree
from reformkit.problem import Place
from reformkit.reading import keywords
from reformkit.reading.conditions import ConditionReader
from reformkit.reading.form import Form, fixed_word, id_of, quoted, scalar_of, text_of
from reformkit.reading.keywords import Keys
from reformkit.reading.parameters import Parameters
from reformkit.reading.steps import length_of
from reformkit.reading.values import Lexicon
from reformkit.reading.words import Words
from reformkit.text import Text

MEASURES = Keys(Text("措施文件", "a file of measures"), must=("weak_point", "measures"))
MEASURE = Keys(
    Text("措施", "a measure"),
    must=("title", "text", "addresses", "lead", "due_days", "from", "accept"),
    may=("variants", "by_unit", "layers", "practices", "evidence", "serves", "basis"),
)
EDGE = Keys(Text("所答症结", "a cause that is addressed"), must=("as", "why"), may=("when",))
VARIANT = Keys(
    Text("分情形的写法", "a variant"),
    must=("text",),
    may=("cause", "matter", "industry", "unit_kind", "accept", "lead", "evidence"),
)
HOLDER = Keys(Text("分单位的牵头", "a lead by kind of unit"), must=("lead",), may=("unit_kind", "industry", "evidence"))
CITATION = Keys(Text("依据", "a basis"), may=("ref", "clause", "use", "cause", "when", "kind", "at"))

_LAYER = Text("层", "layer")
_BLANK = re.compile(r"\{(\w+)\}")


class MeasureReader:
    """Reads one file of measures after another; what they name must be there."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        weak_points: Mapping[str, WeakPoint],
        causes: Mapping[str, Cause],
        references: Mapping[str, Reference],
        report: Report,
    ) -> None:
        self.measures: dict[str, Measure] = {}
        self._weak_points = weak_points
        self._causes = causes
        self._references = references
        self._report = report
        self._lexicon = Lexicon(vocabulary.fields, report, unknown=vocabulary.unknown_words, of_rules=True)
        self._conditions = ConditionReader(self._lexicon, Parameters({}), report)
        self._weak_point_words = Words({id: point.label.zh for id, point in weak_points.items()})
        self._cause_words = Words({id: cause.label.zh for id, cause in causes.items()})
        self._reference_words = Words({id: reference.title.zh for id, reference in references.items()})
        self._blanks = Words({name: name for name in (*vocabulary.fields, "days")})
        self._mains: dict[str, str] = {}  # the measure that is main for a cause, whatever the case

    def file(self, node: Tree | None) -> None:
        """The measures of one weak point."""
        form = Form.of(node, MEASURES, self._report)
        word = form.scalar("weak_point") if form else None
        weak_point = self._known(word, self._weak_point_words, "RK209") if word else None
        for id, place, content in form.named("measures", MEASURE.what) if form else ():
            if id in self.measures:
                self._report.add("RK205", place, word=id, first=str(self.measures[id].place))
                continue
            measure = self._as_before(id, place, content, weak_point or "")
            if measure:
                self.measures[id] = measure

    def _known(self, node: Scalar, words: Words, code: str) -> str | None:
        """The id that a word names, or None and a problem; nothing is missed where nothing could be read."""
        id = words.find(node.text)
        if id is None and words.known.en:
            self._report.add(code, node.place, word=node.text, hint=lambda: words.hint(node.text))
        return id

    def _as_before(self, id: str, place: Place, node: Tree, weak_point: str) -> Measure | None:
        """A measure, from memory where all that it may name is as it was and no other is main for its causes."""
        memory, what = self._report.memory, ("measure", id, place, weak_point)
        things = (node, self._lexicon.context(), self._weak_points, self._causes, self._references)
        found = NOTHING if memory is None else memory.find(what, things)
        if found is not NOTHING:
            mains = [edge.cause for edge in found.addresses if edge.role == "main" and edge.when is None]
            if not any(cause in self._mains for cause in mains):
                self._mains.update(dict.fromkeys(mains, id))
                kept: Measure = found
                return kept
        noted = self._report.noted
        measure = self._measure(id, place, node, weak_point)
        if memory is not None and measure is not None and self._report.noted == noted and not self._report.errors:
            memory.keep(what, things, measure)
        return measure

    def _measure(self, id: str, place: Place, node: Tree, weak_point: str) -> Measure | None:
        form, errors = Form.of(node, MEASURE, self._report), self._report.errors
        if form is None:
            return None
        self._check_blanks(node)
        edges = self._edges(id, form)
        answered = None if self._report.errors > errors else {edge.cause for edge in edges}
        parts = {
            "id": id,
            "place": place,
            "weak_point": weak_point,
            "title": form.text("title"),
            "text": form.text("text"),
            "addresses": edges,
            "variants": tuple(v for item in form.items("variants") if (v := self._variant(item))),
            "by_unit": tuple(h for item in form.items("by_unit") if (h := self._holder(item))),
            "layers": self._ids(form, "layers"),
            "practices": self._practices(form),
            "lead": form.text("lead"),
            "due_days": length_of(form, "due_days", "days"),
            "due_from": form.word("from", keywords.STARTS),
            "accept": form.texts("accept"),
            "evidence": form.texts("evidence"),
            "serves": self._serves(form),
            "basis": tuple(c for item in form.items("basis") if (c := self._citation(item, answered))),
        }
        is_whole = self._report.errors == errors and not form.is_faulty and all(key in form for key in MEASURE.must)
        return Measure.model_validate(parts) if is_whole else None

    def _edges(self, id: str, form: Form) -> tuple[Edge, ...]:
        edges = []
        for cause, place, node in form.named("addresses", EDGE.what):
            known = self._known(Scalar(cause, True, place), self._cause_words, "RK202")
            inner = Form.of(node, EDGE, self._report)
            if inner is None:
                continue
            role, why = inner.word("as", keywords.ROLES), inner.text("why")
            when = self._conditions.read(inner.get("when"))
            if known is None or role is None or why is None:
                continue
            if role == "main" and "when" not in inner and self._mains.setdefault(known, id) != id:
                self._report.add("RK206", inner.place_of("as"), cause=known, measure=self._mains[known])
            edges.append(Edge.model_validate({"cause": known, "role": role, "when": when, "why": why, "place": place}))
        return tuple(edges)

    def _variant(self, node: Tree) -> Variant | None:
        form = Form.of(node, VARIANT, self._report)
        if form is None:
            return None
        text = form.text("text")
        named = {key: form.items(key) for key in WORDED_BY}
        if not any(named.values()):
            self._report.add("RK215", form.place)
            return None
        parts = {
            "causes": self._causes_of(named["cause"], VARIANT.what),
            "matters": self._values(form, "matter"),
            "industries": self._values(form, "industry"),
            "unit_kinds": self._values(form, "unit_kind"),
            "accept": form.texts("accept"),
            "lead": form.text("lead"),
            "evidence": form.texts("evidence"),
        }
        return None if text is None else Variant.model_validate({**parts, "text": text, "place": form.place})

    def _holder(self, node: Tree) -> Holder | None:
        form = Form.of(node, HOLDER, self._report)
        if form is None:
            return None
        lead = form.text("lead")
        parts = {
            "unit_kinds": self._values(form, "unit_kind"),
            "industries": self._values(form, "industry"),
            "evidence": form.texts("evidence"),
        }
        return None if lead is None else Holder.model_validate({**parts, "lead": lead, "place": form.place})

    def _values(self, form: Form, fact: str) -> tuple[str, ...]:
        """The values of a fact that a wording is for."""
        words = [scalar_of(item, VARIANT.what, self._report) for item in form.items(fact)]
        field = self._lexicon.field(Scalar(fact, True, form.place_of(fact))) if words else None
        values = [self._lexicon.value(word, field) for word in words if word and field]
        return tuple(str(value) for value in values if value)

    def _causes_of(self, items: Iterable[Tree], what: Text) -> tuple[str, ...]:
        words = [scalar_of(item, what, self._report) for item in items]
        found = (self._known(word, self._cause_words, "RK202") for word in words if word)
        return tuple(cause for cause in found if cause)

    def _practices(self, form: Form) -> dict[str, Text]:
        read = {layer: text_of(node, _LAYER, self._report) for layer, _, node in form.named("practices", _LAYER)}
        return {layer: text for layer, text in read.items() if text}

    def _ids(self, form: Form, key: str) -> tuple[str, ...]:
        words = [scalar_of(item, _LAYER, self._report) for item in form.items(key)]
        return tuple(id for word in words if word and (id := id_of(word, self._report)))

    def _serves(self, form: Form) -> tuple[str, ...]:
        what = quoted("三不", "serves")
        words = [scalar_of(item, what, self._report) for item in form.items("serves")]
        served = (fixed_word(word, keywords.SERVES, what, self._report) for word in words if word)
        return tuple(word for word in served if word)

    def _citation(self, node: Tree, answered: set[str] | None) -> Citation | None:
        """A basis; what it is about must be among the causes that the measure answers (None: not known)."""
        form = Form.of(node, CITATION, self._report)
        if form is None:
            return None
        if ("ref" in form) == ("kind" in form) or ("clause" in form and "ref" not in form):
            self._report.add("RK211", form.place)
            return None
        when = self._conditions.read(form.get("when"))
        use = form.word("use", keywords.USES) if "use" in form else "refer"
        kind = form.word("kind", keywords.CITED_KINDS) if "kind" in form else "reference"
        ref, clause = self._clause(form)
        at = form.text("at")
        if kind is None or use is None:
            return None
        causes = self._causes_of(form.items("cause"), CITATION.what)
        if answered is not None:
            for cause in (cause for cause in causes if cause not in answered):
                self._report.add("RK216", form.place_of("cause"), cause=self._causes[cause].label)
        parts = {"kind": kind, "ref": ref, "clause": clause, "use": use, "at": at, "causes": causes, "when": when}
        return Citation.model_validate({**parts, "place": form.place})

    def _clause(self, form: Form) -> tuple[str | None, str | None]:
        """The reference that is cited, and the clause of it."""
        cited, clause = form.scalar("ref"), form.scalar("clause")
        ref = self._known(cited, self._reference_words, "RK203") if cited else None
        if ref is None or clause is None:
            return ref, None
        clauses = self._references[ref].clauses
        if clause.text not in clauses:
            words = Words({id: c.at.zh for id, c in clauses.items()})
            self._report.add("RK204", clause.place, ref=ref, word=clause.text, hint=words.hint(clause.text))
        return ref, clause.text

    def _check_blanks(self, node: Tree) -> None:
        """Every `{blank}` in the texts of a measure must be one that can be filled."""
        match node:
            case Scalar(text=text) if "{" in text or "}" in text:
                for name in _BLANK.findall(text):
                    if self._blanks.find(name) is None:
                        self._report.add("RK207", node.place, word=name, hint=self._blanks.hint(name))
                rest = _BLANK.sub("", text)
                if "{" in rest or "}" in rest:
                    self._report.add("RK208", node.place)
            case Sequence(items=items):
                for item in items:
                    self._check_blanks(item)
            case tree.Mapping(pairs=pairs):
                for _, value in pairs:
                    self._check_blanks(value)
