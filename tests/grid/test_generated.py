"""Generated rulebooks: what their workbook says, written as YAML, decides as they did."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import assume, given, settings
from hypothesis import strategies as st

import reformkit as rk
from reformkit.comparing.diff import diff
from reformkit.deciding.boxes import TooManyBoxes
from reformkit.editing.spans import SpanMapping
from reformkit.grid.cell_reading import CellReader
from reformkit.grid.plans import plans
from reformkit.grid.splice import Splices
from reformkit.grid.yaml_words import Spelling
from reformkit.model.rulebook import Rulebook
from reformkit.parsing.report import Report
from reformkit.problem import NOWHERE
from reformkit.reading.rulebook import read_rulebook
from reformkit.text import Lang
from tests.agreement.rulebooks import a_rulebook
from tests.agreement.writing import can_be_written, write
from tests.grid.folder import Sheets, texts

MOST = settings.default.max_examples


def written_anew(folder: Path, rulebook: Rulebook, lang: Lang, chinese: bool) -> int:
    """Write every condition that a workbook says anew, from its cells alone; how many there were."""
    cells, number = CellReader(rulebook, Report()), 0
    for plan in plans(rulebook, None, lang):
        table = rulebook.decisions.get(plan.of.removeprefix("decision:"))
        if table is None:
            continue
        path = Path(table.place.path)
        splices = Splices(path.read_text(encoding="utf-8"))
        records = plan.by_id
        for rule in (*table.rules, *table.disabled):
            record = records[rule.id]
            if "when" in record.fixed:
                continue
            rows = [{f: w for f, w in row.items() if f in rulebook.fields} for row in record.rows]
            trees = [{f: cells.trees(rulebook.fields[f], w, NOWHERE) or [] for f, w in row.items()} for row in rows]
            node = splices.at(rule.place)
            assert isinstance(node, SpanMapping)
            when = splices.value(node, "when")
            assert when is not None
            spelling = Spelling(rulebook.fields, "zh" if chinese else "en")
            if isinstance(when, SpanMapping) and not when.pairs:
                assert rows == [{}]
                continue
            indent = " " * (node.column + 2)
            splices.replace_block(node, "when", [indent + line for line in spelling.condition(trees)])
            number += 1
        path.write_text(splices.text(), encoding="utf-8")
    return number


@settings(max_examples=MOST // 12)
@given(st.data())
def test_conditions_written_anew_from_their_cells_decide_the_same(data: st.DataObject) -> None:
    rulebook, chinese = data.draw(a_rulebook(decisions=2)), data.draw(st.booleans())
    assume(can_be_written(rulebook))
    with TemporaryDirectory() as folder:
        write(rulebook, Path(folder), chinese)
        read, _, _ = read_rulebook(folder)
        assume(read is not None)
        assert read is not None
        assume(written_anew(Path(folder), read, data.draw(st.sampled_from(["zh", "en"])), chinese) > 0)
        again, _, problems = read_rulebook(folder)
        assert again is not None, [str(problem) for problem in problems]
        try:
            difference = diff(read, again, None, None)
        except TooManyBoxes:
            assume(False)
            raise
        assert difference.regions == []


@settings(max_examples=MOST // 40)
@given(st.data())
def test_an_untouched_workbook_of_a_generated_rulebook_changes_no_byte(data: st.DataObject) -> None:
    rulebook = data.draw(a_rulebook(decisions=2))
    assume(can_be_written(rulebook))
    with TemporaryDirectory() as folder:
        rules = Path(folder) / "rules"
        rules.mkdir()
        write(rulebook, rules, data.draw(st.booleans()))
        assume(read_rulebook(rules)[0] is not None)
        before = texts(rules)
        result = rk.import_workbook(Sheets(rules, data.draw(st.sampled_from(["zh", "en"]))).path, rules)
        assert (result.changes, result.written) == ((), ())
        assert [problem for problem in result.problems if problem.severity == "error"] == []
        assert texts(rules) == before
