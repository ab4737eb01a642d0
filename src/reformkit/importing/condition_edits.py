"""What a workbook changes of a rule's condition: single tests in their places, or the whole of it anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reformkit.editing.spans import Odd, Span, SpanMapping, comments, spans
from reformkit.grid.cell_reading import CellReader, CellTests
from reformkit.grid.cell_saying import CellWriter
from reformkit.grid.rule_rows import RuleRows, rule_rows
from reformkit.grid.splice import Splices
from reformkit.grid.yaml_words import Spelling, alike
from reformkit.importing.merged_sheet import NewRecord, RecordEdit
from reformkit.importing.sheet_records import SheetTable
from reformkit.model.rulebook import Rule, Rulebook
from reformkit.parsing.tree import Tree
from reformkit.problem import Place
from reformkit.text import Lang


class ConditionEdits:
    """Applies what changes of the conditions of a rulebook's rules."""

    def __init__(self, rulebook: Rulebook, cells: CellReader) -> None:
        self._rulebook = rulebook
        self._cells = cells
        self._writer = CellWriter(rulebook)

    def apply(self, splices: Splices, node: Span, rule: Rule, edit: RecordEdit, sheet: SheetTable, lang: Lang) -> None:
        """The cells of a rule: each in the place of the one that it replaces, or the whole condition anew."""
        assert edit.rows is not None
        spelling = Spelling(self._rulebook.fields, lang)
        trees = self.trees(edit.rows, sheet, edit)
        if trees is None or self._cell_by_cell(splices, node, rule, trees, spelling):
            return
        when = splices.value(node, "when")
        if when is None:
            raise Odd
        indent = node.column + 2
        if isinstance(node, SpanMapping) and node.flow:
            splices.replace(when, self.in_braces(trees, spelling))
            return
        was = " " * when.column + splices.old[when.start : splices.end(when)]
        kept = comments(was, spans(was))
        lines = [*kept, *spelling.condition(trees)]
        splices.replace_block(node, "when", [" " * indent + line for line in lines])

    def in_braces(self, trees: Sequence[Mapping[str, Sequence[Tree]]], spelling: Spelling) -> str:
        """A condition in one line."""
        rows = [f"{{{', '.join(spelling.tests(fact, said) for fact, said in row.items())}}}" for row in trees]
        return rows[0] if len(rows) == 1 else f"{{{spelling.key('any')}: [{', '.join(rows)}]}}"

    def trees(
        self, rows: Sequence[Mapping[str, str]], sheet: SheetTable, edit: RecordEdit | NewRecord
    ) -> list[dict[str, list[Tree]]] | None:
        """What YAML says of each cell; None, and problems, where some cell is faulty."""
        found: list[dict[str, list[Tree]]] = []
        is_sound = True
        record = next((r for r in sheet.records if r.place == edit.place), None)
        for number, row in enumerate(rows):
            found.append({})
            for fact, words in row.items():
                place = sheet.place(fact, record, number) if record is not None else edit.place
                field = self._rulebook.fields[fact]
                said = (
                    self._cells.trees(field, words, place)
                    if self._cells.read(field, words, place) is not None
                    else None
                )
                if said is None:
                    is_sound = False
                else:
                    found[-1][fact] = said
        return found if is_sound else None

    def _cell_by_cell(
        self, splices: Splices, node: Span, rule: Rule, trees: Sequence[Mapping[str, list[Tree]]], spelling: Spelling
    ) -> bool:
        """Replace single tests where the rows keep their shape; whether that was so."""
        laid = rule_rows(rule.when, self._rulebook.fields, self._writer)
        found = _differences(laid, trees, self._is_same)
        if found is None:
            return False
        changed, gone, more = found
        when = splices.value(node, "when")
        if gone or more:
            # A fact less or more is one entry of the condition itself; in alternatives it is another shape.
            if len(laid.rows) > 1 or not isinstance(when, SpanMapping) or len(gone) + bool(more) > 1:
                return False
            if (gone and len(when.pairs) < 2) or (more and not when.pairs and not when.flow):
                return False
        for place, fact, said in changed:
            mapping, _, value = splices.pair_at(place)
            splices.replace(value, spelling.value(self._rulebook.fields[fact], said, mapping.flow or _is_nested(said)))
        for place in gone:
            mapping, key, _ = splices.pair_at(place)
            splices.drop(mapping, key)
        for fact, said in more:
            assert isinstance(when, SpanMapping)
            written = spelling.value(self._rulebook.fields[fact], said, when.flow or _is_nested(said))
            splices.put(when, spelling.fact(fact), written)
        return True

    def _is_same(self, fact: str, said: list[Tree], tests: CellTests) -> bool:
        return self._cells.quiet.of_trees(self._rulebook.fields[fact], said) == tests


_Differences = tuple[list[tuple[Place, str, Tree]], list[Place], list[tuple[str, Tree]]]
"""The tests that change, each at its place; the places of those that go; and the facts that are asked for more."""


def _differences(
    laid: RuleRows, trees: Sequence[Mapping[str, list[Tree]]], is_same: Callable[[str, list[Tree], CellTests], bool]
) -> _Differences | None:
    """In which single tests rows differ from a condition; None where they have another shape."""
    if len(laid.rows) != len(trees):
        return None
    left = [dict(row) for row in trees]
    changed: list[tuple[Place, str, Tree]] = []
    gone: list[Place] = []
    for slot in laid.slots:
        said = [left[row].pop(slot.fact, []) for row in slot.rows]
        if not all(alike(one, said[0]) for one in said):
            return None
        if said[0] and is_same(slot.fact, said[0], slot.tests):
            continue
        if slot.place is None or len(said[0]) > 1:
            return None
        if said[0]:
            changed.append((slot.place, slot.fact, said[0][0]))
        else:
            gone.append(slot.place)
    more = [(fact, said) for row in left for fact, said in row.items()]
    if any(len(said) != 1 for _, said in more):
        return None
    return changed, gone, [(fact, said[0]) for fact, said in more]


def _is_nested(said: Tree) -> bool:
    return not hasattr(said, "text")
