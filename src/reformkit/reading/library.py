"""The folder of measures: causes, references and measures, from its files to one model."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from reformkit.model.library import Cause, Clause, Library, Reference, WeakPoint
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Vocabulary
from reformkit.parsing.located_yaml import read_yaml
from reformkit.parsing.memory import Memory
from reformkit.parsing.overlay import NO_OVERLAY, Overlay
from reformkit.parsing.report import Report
from reformkit.parsing.source import FOLDER, Source, is_there, names_in
from reformkit.parsing.tree import Tree, collector_at_rest
from reformkit.problem import Problem
from reformkit.reading import keywords
from reformkit.reading.form import Form
from reformkit.reading.keywords import Keys
from reformkit.reading.letters import check_letter_basis
from reformkit.reading.measures import MeasureReader
from reformkit.reading.words import Words
from reformkit.text import Text

CAUSES = Keys(Text("症结文件", "a file of causes"), must=("weak_points", "causes"))
WEAK_POINT = Keys(Text("薄弱点方向", "a weak point"), must=("label",), may=("category",))
CAUSE = Keys(Text("症结", "a cause"), must=("label", "group"), may=("note", "was"))
REFERENCES = Keys(Text("引用文件", "a file of references"), must=("references",))
REFERENCE = Keys(
    Text("引用文件", "a reference"),
    must=("title", "checked"),
    may=("issuer", "history", "note", "citable", "uncited", "clauses"),
)
CLAUSE = Keys(
    Text("条文", "a clause"), must=("at", "checked"), may=("document", "quote", "gist", "since", "since_note", "until")
)

_OWN_FILES = ("causes.yaml", "references.yaml")


def read_library(
    folder: str | os.PathLike[str],
    vocabulary: Vocabulary,
    within: str | None = None,
    overlay: Overlay = NO_OVERLAY,
    memory: Memory | None = None,
) -> tuple[Library | None, list[Problem]]:
    """A library (None if it has errors) and every problem; `within`, `overlay` and `memory` as in `read_rulebook`."""
    report = Report(within=within, overlay=overlay, memory=memory)
    with collector_at_rest():
        library = _read(os.fspath(folder), vocabulary, report)
    return None if report.errors else library, report.problems()


def check_causes(rulebook: Rulebook, library: Library | None, overlay: Overlay = NO_OVERLAY) -> list[Problem]:
    """Each cause that only the library or only the vocabulary knows: no case can state it, or no measure answer it."""
    fields = rulebook.vocabulary.fields.values()
    field = next((field for field in fields if field.derived is not None and field.derived.findings == "cause"), None)
    if library is None or field is None:
        return []
    report = Report(overlay=overlay)
    for id, cause in library.causes.items():
        if id not in field.values:
            Source.read(cause.place.path, report)
            hint = Words({name: item.label.zh for name, item in field.values.items()}).hint(id)
            report.add("RK213", cause.place, word=cause.label, id=id, fact=field, hint=hint)
    for id, item in field.values.items():
        if id not in library.causes:
            Source.read(item.place.path, report)
            report.add("RK214", item.place, word=item.label, id=id, fact=field)
    return report.problems()


def check_references(rulebook: Rulebook, library: Library | None, overlay: Overlay = NO_OVERLAY) -> list[Problem]:
    """Each basis of a rulebook whose `ref` is neither a document of it nor a reference of the library, and of its letters."""
    if library is None:
        return []
    report = Report(overlay=overlay)
    known = {id: document.title.zh for id, document in rulebook.documents.items()}
    known |= {id: reference.title.zh for id, reference in library.references.items()}
    for basis in rulebook.bases:
        if basis.ref is not None and basis.ref not in known:
            Source.read(basis.place.path, report)
            report.add("RK210", basis.place, word=basis.ref, hint=Words(known).hint(basis.ref))
    if rulebook.letters is not None:
        Source.read(rulebook.letters.place.path, report)
        check_letter_basis(rulebook.letters, library, report)
    return report.problems()


def _read(folder: str, vocabulary: Vocabulary, report: Report) -> Library | None:
    if not is_there(folder, report, want=FOLDER):
        return None
    trees = {name: _tree(folder, name, report) for name in _OWN_FILES}
    for name in names_in(folder, report):
        if name.endswith(".yaml") and name not in trees:
            trees[name] = _tree(folder, name, report)
    things = (vocabulary, *trees.values())
    return report.remembered(("library", *trees), things, lambda: _of_trees(trees, vocabulary, report))


def _of_trees(trees: Mapping[str, Tree | None], vocabulary: Vocabulary, report: Report) -> Library:
    of_causes, cited = trees["causes.yaml"], trees["references.yaml"]
    causes_form = Form.of(of_causes, CAUSES, report)
    weak_points = report.remembered("weak points", (of_causes,), lambda: _weak_points(causes_form, report))
    causes = report.remembered("causes", (of_causes,), lambda: _causes(causes_form, weak_points, report))
    references_form = Form.of(cited, REFERENCES, report)
    references = report.remembered("references", (cited,), lambda: _references(references_form, report))
    reader = MeasureReader(vocabulary, weak_points, causes, references, report)
    for name, tree in trees.items():
        if name not in _OWN_FILES:
            reader.file(tree)
    return Library(weak_points=weak_points, causes=causes, references=references, measures=reader.measures)


def _tree(folder: str, name: str, report: Report) -> Tree | None:
    source = Source.read(os.path.normpath(Path(folder, name)), report)
    return read_yaml(source, report, of_rules=True) if source else None


def _weak_points(form: Form | None, report: Report) -> dict[str, WeakPoint]:
    weak_points = {}
    for id, place, node in form.named("weak_points", WEAK_POINT.what) if form else ():
        inner = Form.of(node, WEAK_POINT, report)
        label = inner.text("label") if inner else None
        if inner and label:
            weak_points[id] = WeakPoint(id=id, label=label, category=inner.text("category"), place=place)
    return weak_points


def _causes(form: Form | None, weak_points: Mapping[str, WeakPoint], report: Report) -> dict[str, Cause]:
    words = Words({id: point.label.zh for id, point in weak_points.items()})
    causes = {}
    for id, place, node in form.named("causes", CAUSE.what) if form else ():
        inner = Form.of(node, CAUSE, report)
        label, group = (inner.text("label"), inner.scalar("group")) if inner else (None, None)
        if inner is None or label is None or group is None:
            continue
        weak_point = words.find(group.text)
        if weak_point is None:
            report.add("RK209", group.place, word=group.text, hint=words.hint(group.text))
            continue
        causes[id] = Cause(id=id, label=label, weak_point=weak_point, note=inner.text("note"), place=place)
    return causes


def _references(form: Form | None, report: Report) -> dict[str, Reference]:
    references = {}
    for id, place, node in form.named("references", REFERENCE.what) if form else ():
        inner = Form.of(node, REFERENCE, report)
        if inner is None:
            continue
        parts = {
            "title": inner.text("title"),
            "issuer": inner.text("issuer"),
            "history": inner.text("history"),
            "checked": inner.word("checked", keywords.CHECKED),
            "note": inner.text("note"),
            "citable": inner.flag("citable", default=True),
            "uncited": inner.flag("uncited", default=False),
            "clauses": {c.id: c for c in _clauses(inner, report)},
        }
        if parts["title"] and parts["checked"]:
            references[id] = Reference.model_validate({"id": id, "place": place, **parts})
    return references


def _clauses(form: Form, report: Report) -> Iterator[Clause]:
    for id, place, node in form.named("clauses", CLAUSE.what):
        inner = Form.of(node, CLAUSE, report)
        if inner is None:
            continue
        quote = inner.text("quote")
        parts = {
            "at": inner.text("at"),
            "quote": quote.zh if quote else None,
            "gist": inner.text("gist"),
            "checked": inner.word("checked", keywords.CHECKED),
            "period": inner.period(),
            "since_note": inner.text("since_note"),
            "document": inner.text("document"),
        }
        if parts["at"] and parts["checked"]:
            yield Clause.model_validate({"id": id, "place": place, **parts})
