"""One step of a procedure: who does it, by which act, after what, until when, and what follows if it fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reformkit.model.act import LONGEST, Term, Unit
from reformkit.model.basis import Basis
from reformkit.model.procedure import OPENED, RECEIPT, Due, Elsewhere, OnFailed, OnRejected, Step
from reformkit.model.vocabulary import Field
from reformkit.parsing.report import Report
from reformkit.parsing.tree import Scalar, Sequence, Tree
from reformkit.problem import Place
from reformkit.reading import keywords
from reformkit.reading.form import Form, fixed_word, quoted, scalar_of
from reformkit.reading.keywords import Keys
from reformkit.reading.parameters import basis_of
from reformkit.reading.values import Lexicon
from reformkit.reading.words import Words
from reformkit.text import Text

_NO_STEP = Text("“{text}”不是步骤，也不是日期{hint}", "`{text}` is no step and no date{hint}")

STEP = Keys(
    Text("步骤", "a step"),
    must=("title", "role"),
    may=(
        "to", "after", "act", "opinion", "letter", "results", "papers", "needs", "apart_from", "due",
        "on_rejected", "on_failed", "optional", "each", "end", "elsewhere", "basis",
    ),
)  # fmt: skip
DUE = Keys(Text("时限", "a term"), may=("days", "workdays", "months", "from", "same", "before", "each"))
ELSEWHERE = Keys(Text("他处做法", "a practice elsewhere"), must=("at",), may=("due",))
TERM = Keys(Text("期限", "a length of time"), may=("days", "workdays", "months"))
ON_REJECTED = Keys(Text("未通过", "what follows a rejection"), must=("end",), may=("if_startup", "needs"))
ON_FAILED = Keys(Text("不合格", "what follows a failure"), must=("back_to", "due"), may=("times", "then", "marks"))

UNITS: tuple[Unit, ...] = ("days", "workdays", "months")


class StepReader:
    """Reads the steps of one procedure; `names` are its steps, `roles` and `papers` what they may name."""

    def __init__(
        self,
        procedure: str,
        names: Words,
        roles: Mapping[str, Text],
        papers: Mapping[str, Text],
        lexicon: Lexicon,
        basis: Basis | None,
        report: Report,
    ) -> None:
        self._procedure = procedure
        self._names = names
        self._roles = roles
        self._papers = Words({id: title.zh for id, title in papers.items()})
        self._lexicon = lexicon
        self._basis = basis
        self._report = report

    def read(self, id: str, place: Place, node: Tree) -> Step | None:
        """A step, or None and its problems."""
        report, errors = self._report, self._report.errors
        form = Form.of(node, STEP, report)
        if form is None:
            return None
        opinion = form.scalar("opinion")
        fact = self._lexicon.field(opinion) if opinion else None
        letters = tuple(word.text for word in words_under(form, "letter", report))
        doing = form.word("act", keywords.DOINGS) if "act" in form else None
        ways = [key for key in ("act", "opinion", "letter") if key in form]
        if len(ways) > 1:
            said = Text("、".join(keywords.ZH[w] for w in ways), ", ".join(ways))
            report.add("RK230", form.place_of(ways[1]), step=id, ways=said)
        parts = {
            "id": id,
            "title": form.text("title"),
            "roles": self._each(form, "role", self._role),
            "to": self._role(word) if (word := form.scalar("to")) else None,
            "after": self._each(form, "after", self._step),
            "doing": doing or ("opinion" if opinion else "issue" if letters else "do"),
            "opinion": fact.name if fact else None,
            "letters": letters,
            "results": form.flag("results"),
            "papers": self._each(form, "papers", self._paper),
            "needs": needs_under(form, report),
            "apart_from": self._each(form, "apart_from", self._role),
            "due": self._due(id, form),
            "on_rejected": self._on_rejected(form),
            "on_failed": self._on_failed(id, form),
            "optional": form.flag("optional"),
            "end": form.word("end", keywords.ENDS) if "end" in form else None,
            "each_unit": "each" in form and form.word("each", keywords.EACH) == "unit",
            "elsewhere": self._elsewhere(id, form),
            "basis": basis_of(form, report) or self._basis,
            "place": place,
        }
        is_whole = report.errors == errors and not form.is_faulty and all(key in form for key in STEP.must)
        return Step.model_validate(parts) if is_whole else None

    # --- what it names ---------------------------------------------------------------------------------

    def _each(self, form: Form, key: str, known: Callable[[Scalar], str | None]) -> tuple[str, ...]:
        return tuple(found for word in words_under(form, key, self._report) if (found := known(word)))

    def _step(self, word: Scalar) -> str | None:
        step = self._names.find(word.text)
        if step is None:
            hint = self._names.hint(word.text)
            self._report.add("RK220", word.place, procedure=self._procedure, word=word.text, hint=hint)
        return step

    def _role(self, word: Scalar) -> str | None:
        return role_of(word, self._roles, self._report)

    def _paper(self, word: Scalar) -> str | None:
        paper = self._papers.find(word.text)
        if paper is None:
            self._report.add("RK228", word.place, word=word.text, hint=self._papers.hint(word.text))
        return paper

    # --- until when ------------------------------------------------------------------------------------

    def _due(self, step: str, form: Form) -> Due | None:
        errors = self._report.errors
        inner = Form.of(form.get("due"), DUE, self._report)
        if inner is None:
            return None
        term = term_of(inner)
        start, same, before = inner.scalar("from"), inner.scalar("same"), inner.scalar("before")
        each = "each" in inner and inner.word("each", keywords.EACH) == "suggestion"
        ways = [term is not None or start is not None, same is not None, before is not None]
        if sum(ways) != 1 or (term is None) != (start is None):
            if self._report.errors == errors:
                self._report.add("RK237", form.place_of("due"), step=step)
            return None
        origin = self._origin(start, step) if start else None
        fact = self._lexicon.field(before) if before else None
        of = self._step(same) if same else None
        return Due(
            term=term,
            start=origin,
            same=of,
            before=fact.name if fact else None,
            each_suggestion=each,
            place=inner.place,
        )

    def _elsewhere(self, step: str, form: Form) -> tuple[Elsewhere, ...]:
        read: list[Elsewhere] = []
        for node in form.items("elsewhere") if "elsewhere" in form else ():
            inner = Form.of(node, ELSEWHERE, self._report)
            at = inner.text("at") if inner else None
            if inner is not None and at is not None:
                read.append(Elsewhere(at=at, due=self._due(step, inner), place=inner.place))
        return tuple(read)

    def _origin(self, word: Scalar, step: str) -> str | None:
        """A step, `opened`, `receipt`, or a date of the case."""
        if word.text in (OPENED, RECEIPT) or self._names.find(word.text) is not None:
            return word.text
        name = self._lexicon.find(word.text)
        if name is not None and self._lexicon.fields[name].type == "date":
            return name
        if self._lexicon.is_unread:
            return None  # no date is missed where no fact could be read
        hint = self._names.hint(word.text)
        why = _NO_STEP.fill(text=word.text, hint=hint)
        self._report.add("RK223", word.place, step=step, why=why)
        return None

    # --- what follows ----------------------------------------------------------------------------------

    def _on_rejected(self, form: Form) -> OnRejected | None:
        inner = Form.of(form.get("on_rejected"), ON_REJECTED, self._report)
        end = inner.word("end", keywords.ENDS) if inner else None
        if inner is None or end is None:
            return None
        startup: Field | None = self._lexicon.fields.get("startup")
        words = words_under(inner, "if_startup", self._report)
        outcomes = [self._lexicon.value(word, startup) if startup else word.text for word in words]
        said = tuple(str(outcome) for outcome in outcomes if outcome is not None)
        parts = {"end": end, "if_startup": said, "needs": needs_under(inner, self._report), "place": inner.place}
        return OnRejected.model_validate(parts)

    def _on_failed(self, step: str, form: Form) -> OnFailed | None:
        inner = Form.of(form.get("on_failed"), ON_FAILED, self._report)
        if inner is None:
            return None
        word = inner.scalar("back_to")
        back_to = self._step(word) if word else None
        errors = self._report.errors
        length = Form.of(inner.get("due"), TERM, self._report)
        term = term_of(length) if length else None
        if length is not None and term is None and self._report.errors == errors:
            self._report.add("RK237", inner.place_of("due"), step=step)
        times = inner.count("times")
        if "times" not in inner or "then" not in inner:
            self._report.add("RK226", form.place_of("on_failed"), step=step)
        else:
            inner.word("then", keywords.THEN)
        mark = inner.id("marks") if "marks" in inner else None
        if back_to is None or term is None or times is None:
            return None
        return OnFailed(back_to=back_to, term=term, times=times, mark=mark, place=inner.place)


def term_of(form: Form) -> Term | None:
    """The length of time that a form says in days, workdays or months; None where it says none, or several."""
    given: list[Unit] = [unit for unit in UNITS if unit in form]
    if len(given) != 1:
        return None
    node = form.scalar(given[0])
    count = 0 if node is not None and node.text == "0" else length_of(form, given[0], given[0])
    return None if count is None else Term.model_validate({"unit": given[0], "count": count})


def length_of(form: Form, key: str, unit: Unit) -> int | None:
    """A length of time under a key; one that leads out of the calendar is reported."""
    count, node = form.count(key), form.scalar(key)
    if count is not None and node is not None and count > LONGEST[unit]:
        form.report.add("RK837", node.place, count=count, most=LONGEST[unit])
        return None
    return count


def words_under(form: Form, key: str, report: Report) -> list[Scalar]:
    """The words under a key: one, or a list of them."""
    node = form.get(key)
    if isinstance(node, Sequence):
        what = quoted(keywords.ZH.get(key, key), key)
        return [word for item in node.items if (word := scalar_of(item, what, report))]
    one = form.scalar(key)
    return [] if one is None else [one]


def needs_under(form: Form, report: Report) -> tuple[str, ...]:
    """What something calls for, of the closed list."""
    what = quoted(keywords.ZH["needs"], "needs")
    needs = (fixed_word(word, keywords.NEEDS, what, report) for word in words_under(form, "needs", report))
    return tuple(word for word in needs if word)


def role_of(word: Scalar, roles: Mapping[str, Text], report: Report) -> str | None:
    """The role that a word names, or None and a problem."""
    words = Words({id: label.zh for id, label in roles.items()})
    role = words.find(word.text)
    if role is None:
        report.add("RK224", word.place, word=word.text, hint=words.hint(word.text), known=words.known)
    return role
