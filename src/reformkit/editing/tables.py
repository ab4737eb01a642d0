"""The names that files may use: facts, decisions, causes and the like, of one rulebook and its library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reformkit.editing.grammar import Table
from reformkit.model.library import Library
from reformkit.model.node import Node
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Field
from reformkit.text import Text


@dataclass(frozen=True)
class Tables:
    """What words may name, by the table in which they stand."""

    rulebook: Rulebook
    library: Library | None

    def facts(self, table: Table) -> Mapping[str, Field]:
        """The facts that may be tested or stated in one position."""
        match table:
            case "stated fact":
                return self.rulebook.vocabulary.case_fields
            case "library fact":
                return self.rulebook.vocabulary.fields
            case _:
                return self.rulebook.fields

    def field(self, fact: str) -> Field | None:
        """A fact by name; that of the causes by what it is derived from, whatever it is called."""
        fields = self.rulebook.vocabulary.fields
        if fact == "causes":
            return self.rulebook.vocabulary.gathered.get("cause")
        return fields.get(fact)

    def labels(self, table: Table) -> Mapping[str, Text]:
        """Id and label of everything in a table."""
        library = self.library
        match table:
            case "decision":
                return {name: d.title for name, d in self.rulebook.decisions.items()}
            case "cause":
                return {c.id: c.label for c in library.causes.values()} if library else {}
            case "weak point":
                return {w.id: w.label for w in library.weak_points.values()} if library else {}
            case "reference":
                return {r.id: r.title for r in library.references.values()} if library else {}
            case _:
                return {name: field.label for name, field in self.facts(table).items()}

    @property
    def parameters(self) -> Mapping[str, Text]:
        """Id and label of every parameter."""
        return {name: table.label for name, table in self.rulebook.parameters.items()}

    @property
    def files(self) -> frozenset[Path]:
        """The files from which rulebook, vocabulary and library were read."""
        book, library = self.rulebook, self.library
        nodes: list[Node] = [book, book.vocabulary, *book.decisions.values()]
        nodes += [rule for decision in book.decisions.values() for rule in decision.rules]
        nodes += [*book.parameters.values(), *book.signals.values()]
        nodes += [node for node in (book.procedures, book.letters, book.figures, book.integrity) if node is not None]
        if library is not None:
            nodes += [*library.causes.values(), *library.references.values(), *library.measures.values()]
        return frozenset(Path(path).resolve() for path in {node.place.path for node in nodes})
