"""The figures of a rulebook and what is set beside them: `figures.yaml` and `integrity.yaml`, each name checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reformkit.model.figure import DIMENSIONS, FigureRule, FigureRules, Published, Where
from reformkit.model.integrity import GROUPS, Indicator, IntegrityRules
from reformkit.model.letter import Letters
from reformkit.model.procedure import Procedures
from reformkit.parsing.report import Report
from reformkit.parsing.tree import Scalar, Sequence, Tree
from reformkit.problem import Place
from reformkit.reading import keywords
from reformkit.reading.form import Form, fixed_word, mapping_of, scalar_of, text_of, words_of
from reformkit.reading.keywords import Keys
from reformkit.reading.parameters import basis_of
from reformkit.reading.words import Words
from reformkit.text import Text

FIGURES = Keys(Text("指标文件", "a file of figures"), must=("figures",), may=("expect",))
FIGURE = Keys(
    Text("指标", "a figure"),
    must=("title",),
    may=("count", "sum", "share", "where", "counter", "decimals", "note", "basis"),
)
WHERE = Keys(Text("指标的限定", "what a figure is limited to"), may=("source", "opinion", "passed", "letter"))
PUBLISHED = Keys(Text("公布的数字", "published numbers"), must=("values",), may=("by", "period", "column"))
BY = Keys(Text("分组", "what numbers are told apart by"), may=tuple(DIMENSIONS))

_COUNTS = ("count", "sum", "share")
_SOURCE, _LETTER, _FIGURE = Text("来源", "source"), Text("文书", "letter"), Text("指标", "figure")
_PERIOD = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])|-?Q[1-4])?")
_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,6})?%?")


INTEGRITY = Keys(
    Text("比对文件", "a file of comparison"), must=("indicators", "reform", "caption"), may=("by", "few", "basis")
)
INDICATOR = Keys(
    Text("填报指标", "an indicator"), must=("title",), may=("counter", "parts", "sample", "covers", "basis")
)

_GROUP, _REFORM, _PART = Text("分组", "group"), Text("促改占比", "share of reform"), Text("分项", "a part")


def read_figures(
    tree: Tree | None, procedures: Procedures | None, letters: Letters | None, report: Report
) -> FigureRules | None:
    """The figures of a rulebook's folder, as far as they can be read; None where there is no file of them."""
    form = Form.of(tree, FIGURES, report)
    return None if form is None else _Reader(form, procedures, letters, report).read()


class _Reader:
    def __init__(self, form: Form, procedures: Procedures | None, letters: Letters | None, report: Report) -> None:
        self._form = form
        self._report = report
        of_all = () if procedures is None else procedures.procedures.values()
        self._steps = {step.id: step.title.zh for procedure in of_all for step in procedure.steps.values()}
        self._gates = {step.id: step.title.zh for p in of_all for step in p.steps.values() if step.opinion}
        self._sources = dict.fromkeys(source for procedure in of_all if (source := procedure.source))
        self._letters = {} if letters is None else {id: kind.title.zh for id, kind in letters.kinds.items()}
        self._letters |= {} if letters is None else {id: of_set.title.zh for id, of_set in letters.sets.items()}

    def read(self) -> FigureRules:
        """Everything that the file says, as far as it can be read."""
        rules = dict(self._rules())
        self._check_shares(rules)
        published = [row for node in self._form.items("expect") if (row := self._published(node, rules)) is not None]
        return FigureRules(figures=rules, published=tuple(published), place=self._form.place)

    def _rules(self) -> Iterator[tuple[str, FigureRule]]:
        for id, place, node in self._form.named("figures", FIGURE.what):
            form, errors = Form.of(node, FIGURE, self._report), self._report.errors
            rule = None if form is None else self._rule(id, place, form)
            if rule is not None and self._report.errors == errors:
                yield id, rule

    def _rule(self, id: str, place: Place, form: Form) -> FigureRule | None:
        title, ways = form.text("title"), [key for key in _COUNTS if key in form]
        if len(ways) != 1:
            self._report.add("RK240", place, figure=id)
            return None
        share = self._words(form, "share", _FIGURE)
        if "share" in form and len(share) != 2:
            self._report.add("RK241", form.place_of("share"), figure=id)
            return None
        decimals = form.count("decimals") if "decimals" in form else None
        parts: dict[str, Any] = {
            "count": form.word("count", keywords.COUNTABLE) if "count" in form else None,
            "sum": form.id("sum") if "sum" in form else None,
            "share": tuple(node.text for node in share) or None,
            "where": self._where(form.get("where")),
            "counter": form.text("counter"),
            "note": form.text("note"),
            "basis": basis_of(form, self._report),
            **({} if decimals is None else {"decimals": decimals}),
        }
        return None if title is None else FigureRule(id=id, title=title, place=place, **parts)

    def _where(self, node: Tree | None) -> Where:
        form = Form.of(node, WHERE, self._report)
        if form is None:
            return Where()
        opinion = form.scalar("opinion")
        return Where(
            sources=tuple(self._known(form, "source", _SOURCE, {source: source for source in self._sources})),
            opinion=None if opinion is None else self._one(opinion, Text("给意见的步骤", "gate"), self._gates),
            passed=form.flag("passed") if "passed" in form else None,
            letters=tuple(self._known(form, "letter", _LETTER, self._letters)),
            place=form.place,
        )

    def _check_shares(self, rules: dict[str, FigureRule]) -> None:
        for rule in rules.values():
            for part in rule.share or ():
                of = rules.get(part)
                if of is None:
                    names = Words({id: other.title.zh for id, other in rules.items()})
                    self._report.add("RK242", rule.place, word=part, hint=names.hint(part))
                elif of.share is not None:
                    self._report.add("RK241", rule.place, figure=rule.id)

    def _published(self, node: Tree, rules: dict[str, FigureRule]) -> Published | None:
        form = Form.of(node, PUBLISHED, self._report)
        if form is None:
            return None
        errors = self._report.errors
        by, inner = {}, Form.of(form.get("by"), BY, self._report)
        for name in DIMENSIONS if inner is not None else ():
            if inner is not None and name in inner:
                by[name] = tuple(node.text for node in self._words(inner, name, BY.what))
        period = form.scalar("period")
        if period is not None and not _PERIOD.fullmatch(period.text):
            self._report.add("RK243", period.place, word=period.text)
        column = form.word("column", keywords.COLUMNS) if "column" in form else "reported"
        values = self._values(form, rules)
        if self._report.errors > errors:
            return None
        said = {"by": by, "period": period.text if period else None, "column": column, "values": values}
        return Published.model_validate({**said, "place": form.place})

    def _values(self, form: Form, rules: dict[str, FigureRule]) -> dict[str, str]:
        published: dict[str, str] = {}
        mapping = mapping_of(form.get("values"), Text("公布的数字", "published numbers"), self._report)
        titles = Words({id: rule.title.zh for id, rule in rules.items()})
        for key, value in mapping.pairs if mapping else ():
            id, number = titles.find(key.text), scalar_of(value, Text("公布的数字", "a published number"), self._report)
            if id is None:
                self._report.add("RK242", key.place, word=key.text, hint=titles.hint(key.text))
            elif number is not None and not _NUMBER.fullmatch(number.text):
                self._report.add("RK244", number.place, word=number.text)
            elif number is not None:
                published[id] = number.text
        return published

    def _known(self, form: Form, key: str, what: Text, names: dict[str, str]) -> Iterator[str]:
        for node in self._words(form, key, what):
            id = self._one(node, what, names)
            if id is not None:
                yield id

    def _one(self, node: Scalar, what: Text, names: dict[str, str]) -> str | None:
        words = Words(names)
        id = words.find(node.text)
        if id is None:
            self._report.add(
                "RK245", node.place, what=what, word=node.text, hint=words.hint(node.text), known=words.known
            )
        return id

    def _words(self, form: Form, key: str, what: Text) -> list[Scalar]:
        """One word, or a list of words, under a key."""
        node = form.get(key)
        nodes = node.items if isinstance(node, Sequence) else [node]
        scalars = [scalar_of(inner, what, self._report) for inner in nodes]
        return [scalar for scalar in scalars if scalar is not None and words_of(scalar, what, self._report)]


def read_integrity(tree: Tree | None, figures: FigureRules | None, report: Report) -> IntegrityRules | None:
    """The indicators of a rulebook's folder, as far as they can be read; None where there is no file of them."""
    form = Form.of(tree, INTEGRITY, report)
    if form is None:
        return None
    indicators = dict(_indicators(form, figures, report))
    by = [
        word
        for node in _scalars(form, "by", _GROUP, report)
        if (word := fixed_word(node, keywords.GROUPS, _GROUP, report))
    ]
    caption, few = form.text("caption"), form.count("few") if "few" in form else None
    parts: dict[str, Any] = {
        "indicators": indicators,
        "by": tuple(dict.fromkeys(by)) or GROUPS,
        "reform": tuple(_shares(form, figures, report)),
        "caption": caption or Text.same(""),
        "basis": basis_of(form, report),
        **({} if few is None else {"few": few}),
    }
    return IntegrityRules(place=form.place, **parts)


def _indicators(form: Form, figures: FigureRules | None, report: Report) -> Iterator[tuple[str, Indicator]]:
    taken: dict[str, str] = {}
    names = _figure_names(figures)
    for id, place, node in form.named("indicators", INDICATOR.what):
        inner, errors = Form.of(node, INDICATOR, report), report.errors
        title = inner.text("title") if inner is not None else None
        if inner is None or title is None:
            continue
        unit = inner.text("counter")
        parts = {
            part: text for part, at, words in inner.named("parts", _PART) if (text := text_of(words, _PART, report))
        }
        indicator = Indicator(
            id=id,
            title=title,
            unit=unit,
            parts=parts,
            sample=inner.flag("sample"),
            covers=_covered(inner, unit, figures, names, report),
            basis=basis_of(inner, report),
            place=place,
        )
        if report.errors == errors and _heads_are_free(indicator, taken, place, report):
            yield id, indicator


def _covered(form: Form, unit: Text | None, figures: FigureRules | None, names: Words, report: Report) -> str | None:
    """The figure that an indicator covers: a number of things, as the indicator is."""
    word = form.scalar("covers")
    if word is None:
        return None
    id = names.find(word.text)
    if id is None:
        report.add("RK242", word.place, word=word.text, hint=names.hint(word.text))
    elif (figures and figures.figures[id].share) or (unit is not None and unit.zh == "%"):
        report.add("RK836", word.place, figure=id)
    return id


def _heads_are_free(indicator: Indicator, taken: dict[str, str], place: Place, report: Report) -> bool:
    """Whether no column of the office's table is named by two indicators."""
    names = {
        indicator.title.zh,
        indicator.title.en,
        *(part for text in indicator.parts.values() for part in (text.zh, text.en)),
    }
    twice = sorted(names & taken.keys())
    if twice:
        report.add("RK261", place, word=twice[0], first=taken[twice[0]])
        return False
    taken |= dict.fromkeys(names, indicator.id)
    return True


def _shares(form: Form, figures: FigureRules | None, report: Report) -> Iterator[str]:
    """The ids of the figures that are named, each a share."""
    rules, names = {} if figures is None else figures.figures, _figure_names(figures)
    for node in _scalars(form, "reform", _REFORM, report):
        id = names.find(node.text)
        if id is None:
            report.add("RK242", node.place, word=node.text, hint=names.hint(node.text))
        elif rules[id].share is None:
            report.add("RK260", node.place, figure=id)
        else:
            yield id


def _figure_names(figures: FigureRules | None) -> Words:
    return Words({id: rule.title.zh for id, rule in ({} if figures is None else figures.figures).items()})


def _scalars(form: Form, key: str, what: Text, report: Report) -> list[Scalar]:
    scalars = (scalar_of(node, what, report) for node in form.items(key))
    return [scalar for scalar in scalars if scalar is not None]
