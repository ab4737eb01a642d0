"""A file of procedures: the limits that hold in all of them, the papers they speak of, and each with its steps."""

from __future__ import annotations

from collections.abc import Mapping

from reformkit.model.basis import Basis
from reformkit.model.letter import Letters
from reformkit.model.procedure import Limit, Monthly, Procedure, Procedures, Review
from reformkit.parsing.report import Report
from reformkit.parsing.tree import Tree
from reformkit.problem import Place
from reformkit.reading.form import Form, text_of
from reformkit.reading.keywords import Keys
from reformkit.reading.parameters import basis_of
from reformkit.reading.procedure_shape import check_shape
from reformkit.reading.steps import STEP, StepReader, needs_under, role_of, words_under
from reformkit.reading.values import Lexicon
from reformkit.reading.words import Words
from reformkit.text import Text

PROCEDURES = Keys(
    Text("流程文件", "a file of procedures"),
    must=("procedures", "extend", "suspend"),
    may=("papers", "defaults", "dispatch"),
)
DEFAULTS = Keys(Text("默认", "the defaults"), must=("basis",))
LIMIT = Keys(Text("延期、中止", "a limit"), must=("role",), may=("times", "at_most", "needs"))
MONTHLY = Keys(Text("月调度", "the monthly dispatch"), must=("workday", "role"), may=("basis",))
PROCEDURE = Keys(Text("流程", "a procedure"), must=("title", "mark", "for", "steps"), may=("roles", "review", "basis"))
FOR = Keys(Text("适用", "what a procedure is for"), may=("source", "opened_as"))
REVIEW = Keys(Text("复核", "a review"), must=("when", "asks"))

_PAPER, _ROLE = Text("材料", "paper"), Text("角色", "role")
_SOURCE, _MARK = Text("适用", "source"), Text("字头", "mark")


def check_letters(procedures: Procedures, letters: Letters | None, report: Report) -> None:
    """Report the letters that steps issue and that the rulebook does not have."""
    titles = {} if letters is None else {id: one.title.zh for id, one in (letters.kinds | letters.sets).items()}
    words = Words(titles)
    for procedure in procedures.procedures.values():
        for step in procedure.steps.values():
            for word in step.letters:
                if word not in titles:
                    report.add("RK225", step.place, word=word, hint=words.hint(word))


class ProcedureReader:
    """Reads a file of procedures over the facts and roles of a rulebook."""

    def __init__(self, lexicon: Lexicon, roles: Mapping[str, Text], report: Report) -> None:
        self._lexicon = lexicon
        self._roles = dict(roles)
        self._report = report
        self._papers: dict[str, Text] = {}
        self._basis: Basis | None = None

    def read(self, tree: Tree | None) -> Procedures | None:
        """What a file of procedures says; None where it is not there, or has errors."""
        report, errors = self._report, self._report.errors
        form = Form.of(tree, PROCEDURES, report)
        if form is None:
            return None
        self._papers = self._labels(form, "papers", _PAPER)
        defaults = Form.of(form.get("defaults"), DEFAULTS, report)
        self._basis = basis_of(defaults, report) if defaults else None
        extend, suspend = self._limit(form, "extend"), self._limit(form, "suspend")
        read = [self._procedure(id, place, node) for id, place, node in form.named("procedures", PROCEDURE.what)]
        procedures = {procedure.id: procedure for procedure in read if procedure is not None}
        self._check_owners(procedures)
        dispatch = self._monthly(form)
        if report.errors > errors or extend is None or suspend is None:
            return None
        return Procedures(
            procedures=procedures,
            papers=self._papers,
            extend=extend,
            suspend=suspend,
            dispatch=dispatch,
            place=form.place,
        )

    def _labels(self, form: Form, key: str, what: Text) -> dict[str, Text]:
        read = ((id, text_of(node, what, self._report)) for id, _, node in form.named(key, what))
        return {id: label for id, label in read if label is not None}

    def _limit(self, form: Form, key: str) -> Limit | None:
        inner = Form.of(form.get(key), LIMIT, self._report)
        word = inner.scalar("role") if inner else None
        role = role_of(word, self._roles, self._report) if word else None
        if inner is None or role is None:
            return None
        bounds = {name: number for name in ("times", "at_most") if (number := inner.count(name)) is not None}
        parts = {"role": role, "needs": needs_under(inner, self._report), "place": inner.place, **bounds}
        return Limit.model_validate(parts)

    def _monthly(self, form: Form) -> Monthly | None:
        inner = Form.of(form.get("dispatch"), MONTHLY, self._report)
        word = inner.scalar("role") if inner else None
        role = role_of(word, self._roles, self._report) if word else None
        workday = inner.count("workday") if inner else None
        if inner is None or workday is None or role is None:
            return None
        basis = basis_of(inner, self._report) or self._basis
        return Monthly(workday=workday, role=role, basis=basis, place=inner.place)

    # --- a procedure -----------------------------------------------------------------------------------

    def _procedure(self, id: str, place: Place, node: Tree) -> Procedure | None:
        report, errors = self._report, self._report.errors
        form = Form.of(node, PROCEDURE, report)
        if form is None:
            return None
        own = self._labels(form, "roles", _ROLE)
        heads = list(form.named("steps", STEP.what))
        names = Words({name: name for name, _, _ in heads})
        roles = {**self._roles, **own}
        reader = StepReader(id, names, roles, self._papers, self._lexicon, self._basis, report)
        read = [reader.read(name, where, content) for name, where, content in heads]
        steps = {step.id: step for step in read if step is not None}
        source, opened_as = self._for(form)
        review, title, mark = self._review(form), form.text("title"), form.id("mark")
        basis = basis_of(form, report) or self._basis
        if report.errors == errors and len(steps) == len(heads):
            check_shape(id, form.place_of("steps"), steps, report)
        if report.errors > errors or form.is_faulty or title is None or mark is None:
            return None
        return Procedure(
            id=id,
            title=title,
            mark=mark,
            source=source,
            opened_as=opened_as,
            roles=own,
            steps=steps,
            review=review,
            basis=basis,
            place=place,
        )

    def _for(self, form: Form) -> tuple[str | None, str | None]:
        inner = Form.of(form.get("for"), FOR, self._report)
        if inner is None:
            return None, None
        word, known = inner.scalar("source"), self._lexicon.fields.get("source")
        source = self._lexicon.value(word, known) if word and known else word.text if word else None
        return None if source is None else str(source), inner.id("opened_as")

    def _review(self, form: Form) -> Review | None:
        inner = Form.of(form.get("review"), REVIEW, self._report)
        when = inner.scalar("when") if inner else None
        if inner is None or when is None:
            return None
        fact = self._lexicon.field(when)
        asked = [self._lexicon.field(word) for word in words_under(inner, "asks", self._report)]
        asks = tuple(field.name for field in asked if field is not None)
        return None if fact is None else Review(when=fact.name, asks=asks, place=inner.place)

    def _check_owners(self, procedures: Mapping[str, Procedure]) -> None:
        """Each source, each way of opening and each mark belongs to one procedure."""
        owners: dict[tuple[str, str], Procedure] = {}
        for procedure in procedures.values():
            for what, word in ((_SOURCE, procedure.source or procedure.opened_as), (_MARK, procedure.mark)):
                if word is None:
                    continue
                owner = owners.setdefault((what.en, word), procedure)
                if owner is not procedure:
                    one, other = owner.id, procedure.id
                    self._report.add("RK229", procedure.place, one=one, other=other, what=what, word=word)
