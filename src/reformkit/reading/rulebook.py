"""A rulebook folder, from its files to one model.

Long because the files of a folder are brought together here, each after those that it builds on.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Literal

from reformkit.model.letter import SOURCES_OF_ITEMS, Letters
from reformkit.model.rulebook import DecisionTable, Document, Role, RoleOfSource, Rulebook, Signal
from reformkit.model.vocabulary import Field, Vocabulary
from reformkit.parsing.endings import is_fixtures
from reformkit.parsing.located_yaml import read_yaml
from reformkit.parsing.memory import Memory
from reformkit.parsing.overlay import NO_OVERLAY, Overlay
from reformkit.parsing.report import Report
from reformkit.parsing.source import FOLDER, Source, is_file, is_there, lies_there, names_in
from reformkit.parsing.tree import Mapping, Tree, collector_at_rest
from reformkit.problem import Place, Problem
from reformkit.reading import keywords
from reformkit.reading.conditions import ConditionReader
from reformkit.reading.decisions import DECISION, DecisionHead, DecisionReader, read_head
from reformkit.reading.figures import read_figures, read_integrity
from reformkit.reading.form import Form, fixed_word, quoted, scalar_of
from reformkit.reading.keywords import Keys
from reformkit.reading.letters import read_letters
from reformkit.reading.parameters import basis_of, read_parameters
from reformkit.reading.parts import Parts
from reformkit.reading.procedures import ProcedureReader, check_letters
from reformkit.reading.signals import SignalHead, read_heads, read_signal
from reformkit.reading.values import Lexicon
from reformkit.reading.vocabulary import read_vocabulary
from reformkit.reading.words import check_unambiguous
from reformkit.text import Text

RULEBOOK = Keys(
    Text("规则册", "a rulebook"),
    must=("name", "vocabulary"),
    may=("version", "language", "title", "authority", "measures", "documents", "roles"),
)
DOCUMENT = Keys(Text("文件", "a document"), must=("title",), may=("note",))
ROLE = Keys(Text("角色", "a role"), must=("label",), may=("duty", "held_by", "basis", "source", "by_source"))
ROLE_OF_SOURCE = Keys(Text("分来源的角色", "a role by source"), must=("source",), may=("duty", "held_by"))

LANGUAGES = ("1", "2")
"""The versions of the rule language: that of reformkit 0.1, and that of 0.2, which is read."""

_WHAT_DOCUMENT = Text("文件", "document")
_WHAT_ROLE = Text("角色", "role")
_OWN_FILES = (
    "rulebook.yaml",
    "parameters.yaml",
    "signals.yaml",
    "procedure.yaml",
    "letters.yaml",
    "figures.yaml",
    "integrity.yaml",
)


def read_rulebook(
    folder: str | os.PathLike[str],
    within: str | None = None,
    overlay: Overlay = NO_OVERLAY,
    memory: Memory | None = None,
) -> tuple[Rulebook | None, Path | None, list[Problem]]:
    """A rulebook (None if it has errors), the folder of measures that it names, and every problem.

    `within`, if given, is the folder out of which no path in the rulebook may lead. `overlay` are texts that are read in
    the place of files, `memory` what was made of what has not changed since.
    """
    report = Report(within=within, overlay=overlay, memory=memory)
    reader = _Reader(os.fspath(folder), report)
    with collector_at_rest():
        rulebook = reader.read()
    return None if report.errors else rulebook, reader.measures, report.problems()


class _Reader:
    def __init__(self, folder: str, report: Report) -> None:
        self.measures: Path | None = None
        self._folder = folder
        self._report = report
        self._unread: set[str] = set()  # what decisions and signals that cannot be read may be called

    def read(self) -> Rulebook | None:
        """The rulebook as far as it can be read."""
        report = self._report
        if not is_there(self._folder, report, want=FOLDER):
            return None
        form = Form.of(self._tree("rulebook.yaml"), RULEBOOK, report)
        if form is not None and not self._can_read(form):
            return None
        measures = form.scalar("measures") if form else None
        if measures:
            self.measures = Path(self._path(measures.text))
        vocabulary_path, vocabulary, quiet = self._vocabulary(form)
        signals = self._signal_heads()
        decisions = self._heads(vocabulary_path, vocabulary)
        fields = self._facts(vocabulary, decisions, signals)
        barred = {name: (field, "RK158") for name, field in vocabulary.finding_fields.items()} if vocabulary else {}
        unread: Literal["none", "some", "all"] = "all" if not vocabulary else "some" if self._unread else "none"
        unknown = vocabulary.unknown_words if vocabulary else ()
        lexicon = Lexicon(fields, report, barred, quiet | self._unread, unread, unknown, of_rules=True)
        parameters = read_parameters(self._tree("parameters.yaml", optional=True), report)
        conditions = ConditionReader(lexicon, parameters, report)
        parts = Parts(self._folder, report)
        rules = DecisionReader(conditions, parts, report)
        tables = {name: rules.table(head) for name, head in decisions.items()}
        parts.warn_of_unread()
        self._check_cycles(tables)

        stated = vocabulary.case_fields if vocabulary else {}
        others = {name: (field, "RK159") for name, field in fields.items() if name not in stated}
        of_cases = Lexicon(stated, report, {**barred, **others}, quiet, unread, unknown, of_rules=True)
        counted = self._signals(signals, of_cases, ConditionReader(of_cases, parameters, report))
        documents = self._documents(form)
        roles = report.remembered("roles", (form and form.get("roles"),), lambda: self._roles(form))
        labels = {id: role.label for id, role in roles.items()}
        of_procedures = self._tree("procedure.yaml", optional=True)
        procedures = report.remembered(
            "procedures",
            (of_procedures, lexicon.context(), roles),
            lambda: ProcedureReader(lexicon, labels, report).read(of_procedures),
        )
        errors = report.errors
        letters = self._letters(roles)
        if procedures is not None and report.errors == errors:
            check_letters(procedures, letters, report)
        counted_by, compared_by = (self._tree(name, optional=True) for name in ("figures.yaml", "integrity.yaml"))
        if not vocabulary:
            counted_by = compared_by = None  # what they name hangs on procedures, and those on facts
        figures = report.remembered(
            "figures", (counted_by, procedures, letters), lambda: read_figures(counted_by, procedures, letters, report)
        )
        integrity = report.remembered(
            "integrity", (compared_by, figures), lambda: read_integrity(compared_by, figures, report)
        )
        if form is None:
            return None
        name, version = form.id("name"), form.scalar("version")
        title, authority = form.text("title"), form.text("authority")
        if name is None or vocabulary is None:
            return None
        return Rulebook(
            name=name,
            version=version.text if version else "",
            title=title or Text.same(name),
            authority=authority,
            documents=documents,
            roles=roles,
            vocabulary=vocabulary,
            parameters=parameters.tables,
            signals=counted,
            decisions=tables,
            procedures=procedures,
            letters=letters,
            figures=figures,
            integrity=integrity,
            place=form.place,
        )

    def _letters(self, roles: dict[str, Role]) -> Letters | None:
        """The letters; those that were read before only where each template is still there."""
        report, tree = self._report, self._tree("letters.yaml", optional=True)
        make = partial(read_letters, tree, self._folder, roles, report)
        letters = report.remembered("letters", (tree, roles), make)
        if letters is None or all(is_file(letters.template_of(kind), report) for kind in letters.kinds.values()):
            return letters
        return make()

    def _can_read(self, form: Form) -> bool:
        """Whether the rule language is one that is known; of a newer one, nothing else is said."""
        said = form.scalar("language")
        if said is None or said.text in LANGUAGES:
            if said is not None and said.text != LANGUAGES[-1]:
                self._report.add("RK853", said.place, word=said.text, now=LANGUAGES[-1])
            return True
        self._report.add("RK852", said.place, word=said.text, now=LANGUAGES[-1])
        return False

    def _path(self, *parts: str) -> str:
        return os.path.normpath(Path(self._folder, *parts))

    def _tree(self, name: str, optional: bool = False) -> Tree | None:
        path = self._path(name)
        if optional and not lies_there(path, self._report):
            return None
        source = Source.read(path, self._report)
        return read_yaml(source, self._report, of_rules=True) if source else None

    def _vocabulary(self, form: Form | None) -> tuple[str | None, Vocabulary | None, frozenset[str]]:
        node = form.scalar("vocabulary") if form else None
        if node is None:
            return None, None, frozenset()
        path = self._path(node.text)
        return path, *read_vocabulary(path, self._report, node.place)

    def _signal_heads(self) -> dict[str, SignalHead]:
        """The signals that can be read as facts, by name."""
        errors = self._report.errors
        heads, unread = read_heads(self._tree("signals.yaml", optional=True), self._report)
        self._unread |= unread if heads or self._report.errors == errors else {"signals"}
        return heads

    def _heads(self, vocabulary_path: str | None, vocabulary: Vocabulary | None) -> dict[str, DecisionHead]:
        """The decisions that can be read as facts, by name."""
        heads: dict[str, DecisionHead] = {}
        files = self._decision_files(vocabulary_path)
        if not files:
            self._report.add("RK161", Place(self._path("rulebook.yaml")), path=self._folder)
        for file in files:
            tree = self._tree(file)
            if vocabulary is None and _may_be_vocabulary(tree):
                continue
            names, head = self._head(tree, vocabulary) if tree else ([], None)
            if head is None:
                self._unread |= {*names, Path(file).stem}
            elif head.name in heads:
                self._report.add("RK162", head.place, word=head.name, other=str(heads[head.name].place))
            else:
                heads[head.name] = head
        return heads

    def _head(self, tree: Tree, vocabulary: Vocabulary | None) -> tuple[list[str], DecisionHead | None]:
        report = self._report
        names, head = report.remembered("head", (tree, vocabulary), lambda: read_head(tree, vocabulary, report))
        form = None if head is None or head.form.report is report else Form.of(tree, DECISION, report)
        return names, head if head is None or form is None else replace(head, form=form)

    def _field(self, head: DecisionHead | SignalHead) -> Field:
        """A decision or a signal as a fact."""
        if isinstance(head, SignalHead):
            return head.field
        what = ("decision", head.name, head.title, head.hit, head.place)
        return self._report.remembered(what, (head.outcomes,), lambda: head.field)

    def _decision_files(self, vocabulary_path: str | None) -> list[str]:
        """The names of the decision files, in order; a name that is nearly one gets a warning."""
        files = []
        for name in names_in(self._folder, self._report):
            ending = Path(name).suffix
            if name in _OWN_FILES or is_fixtures(name) or ending.lower() not in (".yaml", ".yml"):
                continue
            if ending != ".yaml":
                self._report.add("RK168", Place(self._path(name)), path=name)
            elif vocabulary_path is None or not _same_file(self._path(name), vocabulary_path):
                files.append(name)
        return files

    def _facts(
        self, vocabulary: Vocabulary | None, decisions: dict[str, DecisionHead], signals: dict[str, SignalHead]
    ) -> dict[str, Field]:
        """The facts that rules may test. A decision or signal whose name is taken is put aside."""
        known = dict(vocabulary.fields) if vocabulary else {}
        for heads in (decisions, signals):
            for name, field in [(name, self._field(head)) for name, head in heads.items()]:
                if name in known:
                    self._report.add("RK162", field.place, word=name, other=str(known[name].place))
                    self._unread |= {name, field.label.zh}
                    del heads[name]
                else:
                    known[name] = field
        check_unambiguous(known, self._report, keywords.RESERVED_FACTS, among={*decisions, *signals})
        return {name: field for name, field in known.items() if not field.of_finding}

    def _signals(
        self, heads: dict[str, SignalHead], lexicon: Lexicon, conditions: ConditionReader
    ) -> dict[str, Signal]:
        report, read = self._report, {}
        for name, head in heads.items():
            make = partial(read_signal, head, lexicon, conditions, report)
            read[name] = report.remembered("signal", (head.node, head.field, lexicon.context()), make)
        return {name: signal for name, signal in read.items() if signal}

    def _documents(self, form: Form | None) -> dict[str, Document]:
        documents = {}
        for id, place, node in form.named("documents", _WHAT_DOCUMENT) if form else ():
            inner = Form.of(node, DOCUMENT, self._report)
            title = inner.text("title") if inner else None
            if inner and title:
                documents[id] = Document(id=id, title=title, note=inner.text("note"), place=place)
        return documents

    def _roles(self, form: Form | None) -> dict[str, Role]:
        roles = {}
        for id, place, node in form.named("roles", _WHAT_ROLE) if form else ():
            inner = Form.of(node, ROLE, self._report)
            label = inner.text("label") if inner else None
            if inner and label:
                duty, held_by, basis = inner.text("duty"), inner.texts("held_by"), basis_of(inner, self._report)
                sources, by_source = self._sources(inner), self._by_source(inner)
                known = {"duty": duty, "held_by": held_by, "basis": basis, "sources": sources, "by_source": by_source}
                roles[id] = Role.model_validate({"id": id, "label": label, "place": place, **known})
        check_unambiguous(roles, self._report)
        return roles

    def _by_source(self, form: Form) -> tuple[RoleOfSource, ...]:
        found = []
        for node in form.items("by_source"):
            inner = Form.of(node, ROLE_OF_SOURCE, self._report)
            sources = self._sources(inner) if inner else ()
            if inner and sources:
                duty, held_by = inner.text("duty"), inner.texts("held_by")
                found.append(RoleOfSource(sources=sources, duty=duty, held_by=held_by, place=node.place))
        return tuple(found)

    def _sources(self, form: Form) -> tuple[str, ...]:
        """The sources of reform that are named, in English or Chinese."""
        what = quoted(keywords.ZH["source"], "source")
        nodes = [scalar_of(node, what, self._report) for node in form.items("source")]
        words = keywords.with_chinese(SOURCES_OF_ITEMS)
        found = [fixed_word(node, words, what, self._report) for node in nodes if node is not None]
        return tuple(source for source in found if source is not None)

    def _check_cycles(self, tables: dict[str, DecisionTable]) -> None:
        """Name every ring of decisions that wait for each other."""
        waits = {name: table.facts & tables.keys() for name, table in tables.items()}
        while waits:
            try:
                TopologicalSorter(waits).prepare()
                return
            except CycleError as error:
                ring = error.args[1]
            self._report.add("RK201", tables[ring[0]].place, ring=" → ".join(reversed(ring)))
            waits = {name: needed - set(ring) for name, needed in waits.items() if name not in ring}


def _may_be_vocabulary(tree: Tree | None) -> bool:
    """Whether a file says facts and no decision; with the vocabulary's name mistaken, it is not a decision."""
    keys = {key.text for key, _ in tree.pairs} if isinstance(tree, Mapping) else set()
    return bool(keys & {"fields", "事实"}) and not keys & {"decision", "决策"}


def _same_file(one: str, other: str) -> bool:
    if os.path.normpath(one) == os.path.normpath(other):
        return True
    try:
        return Path(one).samefile(other)
    except (OSError, ValueError):
        return False
