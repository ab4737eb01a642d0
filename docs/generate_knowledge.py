"""The pages of `docs/knowledge/`: what the bundled rulebook and library say, for people who would rather read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

import reformkit
from reformkit.advising.citing import Cited
from reformkit.cli.register import TITLES, Part, sections
from reformkit.comparing.register import register
from reformkit.drawing.mermaid import mermaid
from reformkit.drawing.procedures import procedure_diagram
from reformkit.model.procedure import Procedure
from reformkit.practising.states import State
from reformkit.text import Text
from reformkit.wording import measure, rulebook
from reformkit.wording import procedure as procedure_words
from reformkit.wording.markdown import blocks, page, plain

BOOK = reformkit.load()


def knowledge() -> Iterator[tuple[str, str]]:
    """Every page, by its name in the folder: an index, a page a decision, a measure and a procedure, and the registers."""
    yield "README.md", "\n\n".join(_index())
    for name, table in BOOK.rulebook.decisions.items():
        title = f"{table.title.zh} · {table.title.en}"
        yield f"{name}.md", page(title, (section.say() for section in rulebook.sections(table, BOOK.rulebook)))
    yield from _measures()
    yield from _procedures()
    entries = register(BOOK.rulebook, BOOK.library)
    for part in get_args(Part):
        for lang, name in (("zh", f"{part}.md"), ("en", f"{part}.en.md")):
            yield name, page(TITLES[part].say(lang), (section.say(lang) for section in sections(entries, part, BOOK)))


def _index() -> Iterator[str]:
    library, rules = BOOK.library, BOOK.rulebook
    assert library is not None
    yield f"# {plain(rules.title.zh)} · {plain(rules.title.en)}"
    yield "本文件夹由规则册和措施库自动生成，给愿意读而不愿意运行程序的人。假设一律标明，未读到的条文一律写明未读。"
    yield from blocks(("文件 · Documents", [d.title.zh, *_note(d.note)]) for d in rules.documents.values())
    rows = [f"- [{plain(t.title.zh)}]({name}.md) · {plain(t.title.en)}" for name, t in rules.decisions.items()]
    yield "## 研判 · Decisions\n\n" + "\n".join(rows)
    rows = [f"- [{plain(p.title.zh)}](procedure-{p.id}.md) · {plain(p.title.en)}" for p in _all_procedures()]
    yield "## 流程 · Procedures\n\n" + "\n".join(rows)
    for point in library.weak_points.values():
        category = "" if point.category is None else f"（{point.category.zh}）"
        rows = [
            f"- [{m.id} {plain(m.title.zh)}]({m.id}.md) · {plain(m.title.en)}" for m in library.by_weak_point(point.id)
        ]
        yield f"## 措施：{plain(point.label.zh)}{plain(category)} · {plain(point.label.en)}\n\n" + "\n".join(rows)
    yield "## 登记 · Registers"
    yield "- [假设登记](assumptions.md) · [Register of assumptions](assumptions.en.md)"
    yield "- [依据登记](references.md) · [Register of references](references.en.md)"
    yield "- [他处做法登记](practices.md) · [Register of practices elsewhere](practices.en.md)"


def _note(note: Text | None) -> list[str]:
    return [] if note is None else [f"  {note.zh}"]


def _measures() -> Iterator[tuple[str, str]]:
    library = BOOK.library
    assert library is not None
    table = BOOK.rulebook.decisions.get("layer")
    layers = {} if table is None else {id: item.label for id, item in table.outcomes.items()}
    for m in library.measures.values():
        basis = []
        for citation in m.basis:
            reference = library.references.get(citation.ref or "")
            clause = None if reference is None else reference.clauses.get(citation.clause or "")
            basis.append(Cited(citation, reference, clause))
        said = measure.sections(m, library, BOOK.fields, layers=layers, basis=basis)
        yield f"{m.id}.md", page(f"{m.id} {m.title.zh} · {m.title.en}", (section.say() for section in said))


def _all_procedures() -> Iterable[Procedure]:
    procedures = BOOK.rulebook.procedures
    assert procedures is not None
    return procedures.procedures.values()


def _procedures() -> Iterator[tuple[str, str]]:
    """A page a procedure: what holds throughout, its steps in order, and its picture."""
    states = {state.value: state.label for state in State}
    for procedure in _all_procedures():
        said = procedure_words.sections(procedure, BOOK.rulebook, states)
        title = f"{procedure.title.zh} · {procedure.title.en}"
        picture = mermaid(procedure_diagram(procedure, BOOK.rulebook.role_labels))
        words = page(title, (section.say() for section in said))
        yield f"procedure-{procedure.id}.md", f"{words}\n\n## 流程图\n\n```mermaid\n{picture}```"
