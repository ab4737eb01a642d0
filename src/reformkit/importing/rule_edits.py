"""What a workbook changes of a rule, as changed spans of the file in which it stands; and a new rule as lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reformkit.editing.spans import Odd, Span, SpanMapping, SpanScalar, comments, spans
from reformkit.editing.spelling import quoted
from reformkit.grid.cell_reading import CellReader, CellTests
from reformkit.grid.cell_saying import CellWriter
from reformkit.grid.decision_plan import KINDS, OTHERWISE_ID
from reformkit.grid.rule_rows import RuleRows, rule_rows
from reformkit.grid.splice import Splices
from reformkit.grid.yaml_words import Spelling, alike
from reformkit.importing.merging import NewRecord, RecordEdit
from reformkit.importing.sheet_records import SheetTable
from reformkit.model.condition import ALWAYS_TRUE
from reformkit.model.rulebook import DecisionTable, Rule, Rulebook
from reformkit.parsing.report import Report
from reformkit.parsing.tree import Tree
from reformkit.problem import Place
from reformkit.reading import keywords
from reformkit.reading.form import date_of, flag_of
from reformkit.reading.words import Words
from reformkit.text import Lang, Text

NO_DAY = Text("“{word}”不是日期，写成 2022-01-01", "`{word}` is no day; write 2022-01-01")
_NO_FLAG = Text("“{word}”应为“是”或“否”", "`{word}` should be yes or no")
_NO_KIND = Text(
    "“{word}”不是依据的性质，可用：报告、法规、惯例、假设",
    "`{word}` is no kind of basis; use report, law, practice or assumption",
)
_KIND_NEEDED = Text("写了出处，须同时写性质", "where a place is given its kind is needed too")
_NEEDED = Text("“{heading}”不能空", "`{heading}` may not be blank")
_COMMON = Text(
    "这一格来自规则文件开头对全部规则的规定，不能在这里清空，在 YAML 中改",
    "this stands above all rules of its file and cannot be cleared here; change it in the YAML",
)


class RuleEdits:
    """Applies what changes of the rules of one decision."""

    def __init__(self, rulebook: Rulebook, table: DecisionTable, cells: CellReader, said_in: Lang) -> None:
        self._rulebook = rulebook
        self._table = table
        self._cells = cells
        self._report = cells.report
        self._said_in: Lang = said_in
        self._writer = CellWriter(rulebook)
        self._rules = {rule.id: rule for rule in (*table.rules, *table.disabled)}
        labels = {id: item.label.zh for id, item in table.outcomes.items()}
        english = {item.label.en: id for id, item in table.outcomes.items()}
        self._outcomes = Words(labels, english)

    def apply(self, splices: Splices, edit: RecordEdit, sheet: SheetTable, lang: Lang) -> None:
        """Put what changes of a record into the text of its file, whose words are in a language."""
        if edit.record.id == OTHERWISE_ID:
            self._otherwise(splices, edit, sheet, lang)
            return
        rule = self._rules[edit.record.id]
        node = splices.at(rule.place)
        self._words(splices, node, rule, edit, sheet, lang)
        if edit.rows is not None:
            self._tests(splices, node, rule, edit, sheet, lang)

    # --- words -----------------------------------------------------------------------------------------

    def _words(self, splices: Splices, node: Span, rule: Rule, edit: RecordEdit, sheet: SheetTable, lang: Lang) -> None:
        for key in ("title", "because"):
            if key in edit.words and splices.set_text(node, key, edit.words[key], self._said_in, lang):
                self._report.add("RK874", self._place(sheet, edit, key), id=rule.id, heading=sheet.base.headings[key])
        if "then" in edit.words:
            said = self._then(edit.words["then"], self._place(sheet, edit, "then"), sheet)
            if said is not None:
                splices.replace(splices.value(node, "then"), self._spelt(splices.value(node, "then"), said, lang))
        if edit.words.keys() & {"kind", "at"}:
            self._basis(splices, node, rule, edit, sheet, lang)
        for key in ("since", "until"):
            if key in edit.words:
                self._day(splices, node, edit.words[key], key, self._place(sheet, edit, key), lang)
        if "enabled" in edit.words:
            self._enabled(splices, node, edit.words["enabled"], self._place(sheet, edit, "enabled"), lang)

    def _then(self, words: str, place: Place, sheet: SheetTable) -> str | None:
        """The outcome that a cell names; None, and a problem."""
        if not words:
            self._report.add("RK873", place, reason=_NEEDED.fill(heading=sheet.base.headings["then"]))
            return None
        found = self._outcomes.find(words)
        if found is None:
            self._report.add(
                "RK165", place, word=words, hint=lambda: self._outcomes.hint(words), known=self._outcomes.known
            )
        return found

    def _spelt(self, old: Span | None, outcome: str, lang: Lang) -> str:
        """An outcome as the file writes outcomes: by label where it did, else by id."""
        by_label = isinstance(old, SpanScalar) and old.text not in self._table.outcomes
        word = self._table.outcomes[outcome].label.zh if by_label or (old is None and lang == "zh") else outcome
        return quoted(word, False, False)

    def _basis(self, splices: Splices, node: Span, rule: Rule, edit: RecordEdit, sheet: SheetTable, lang: Lang) -> None:
        place = self._place(sheet, edit, "kind" if "kind" in edit.words else "at")
        basis = rule.basis
        words: dict[str, str] = {}
        if basis:
            words = {
                "kind": KINDS[basis.kind].say(self._said_in),
                "at": basis.at.say(self._said_in) if basis.at else "",
            }
        words |= {key: edit.words[key] for key in ("kind", "at") if key in edit.words}
        written = self.basis(words, place)
        if written is None:
            return
        inner = splices.value(node, "basis")
        if inner is None:
            ref = {"ref": quoted(basis.ref, False, True)} if basis and basis.ref else {}
            if not written:
                self._report.add("RK864", place, reason=_COMMON)
            else:
                splices.put(
                    node, keywords.spelt("basis").say(lang), _flow({**self.basis_words(written, lang), **ref}, lang)
                )
        elif not written:
            splices.set(node, "basis", "", lang)
        else:
            if "kind" in edit.words:
                splices.set(inner, "kind", self.basis_words(written, lang)["kind"], lang)
            if "at" in edit.words and splices.set_text(inner, "at", written.get("at", ""), self._said_in, lang):
                self._report.add("RK874", self._place(sheet, edit, "at"), id=rule.id, heading=sheet.base.headings["at"])

    def basis(self, words: Mapping[str, str], place: Place) -> dict[str, str] | None:
        """Kind (as an id) and place of a basis; nothing for none, None and a problem where it is not whole."""
        return self.basis_of(words, place, self._report)

    @staticmethod
    def basis_of(words: Mapping[str, str], place: Place, report: Report) -> dict[str, str] | None:
        """The same, for what is no rule."""
        if not words.get("kind"):
            if words.get("at"):
                report.add("RK873", place, reason=_KIND_NEEDED)
                return None
            return {}
        kinds = {word: kind for kind, label in KINDS.items() for word in (kind, label.zh, label.en)}
        kind = kinds.get(words["kind"])
        if kind is None:
            report.add("RK873", place, reason=_NO_KIND.fill(word=words["kind"][:40]))
            return None
        return {"kind": kind, **({"at": words["at"]} if words.get("at") else {})}

    @staticmethod
    def basis_in_flow(written: Mapping[str, str], lang: Lang) -> str:
        """A basis as YAML in one line."""
        return _flow(RuleEdits.basis_words(written, lang), lang)

    @staticmethod
    def basis_words(written: Mapping[str, str], lang: Lang) -> dict[str, str]:
        """A basis as YAML, by key."""
        said = {"kind": KINDS[written["kind"]].say(lang)}
        return said | ({"at": quoted(written["at"], False, True)} if "at" in written else {})

    def _day(self, splices: Splices, node: Span | None, words: str, key: str, place: Place, lang: Lang) -> None:
        if words and date_of(words) is None:
            self._report.add("RK873", place, reason=NO_DAY.fill(word=words[:40]))
        elif not words and splices.value(node, key) is None:
            self._report.add("RK864", place, reason=_COMMON)
        else:
            splices.set(node, key, words, lang)

    def _enabled(self, splices: Splices, node: Span, words: str, place: Place, lang: Lang) -> None:
        flag = flag_of({"yes": "true", "no": "false"}.get(words.lower(), words)) if words else True
        if flag is None:
            self._report.add("RK873", place, reason=_NO_FLAG.fill(word=words[:40]))
        elif flag and splices.value(node, "enabled") is not None:
            splices.set(node, "enabled", "", lang)
        elif not flag:
            splices.set(node, "enabled", Text("否", "false").say(lang), lang)

    def _otherwise(self, splices: Splices, edit: RecordEdit, sheet: SheetTable, lang: Lang) -> None:
        otherwise = self._table.otherwise
        assert otherwise is not None
        node = splices.at(otherwise.place)
        said: str | None = otherwise.then
        if "then" in edit.words:
            said = self._then(edit.words["then"], self._place(sheet, edit, "then"), sheet)
        if said is None:
            return
        if isinstance(node, SpanMapping):
            if "then" in edit.words:
                splices.replace(splices.value(node, "then"), self._spelt(splices.value(node, "then"), said, lang))
            if "because" in edit.words and splices.set_text(
                node, "because", edit.words["because"], self._said_in, lang
            ):
                self._report.add(
                    "RK874",
                    self._place(sheet, edit, "because"),
                    id=sheet.base.title,
                    heading=sheet.base.headings["because"],
                )
            if edit.words.keys() & {"kind", "at"}:
                rule = Rule(id="", when=ALWAYS_TRUE, then=otherwise.then, basis=otherwise.basis)
                self._basis(splices, node, rule, edit, sheet, lang)
        elif edit.words.keys() == {"then"}:
            splices.replace(node, self._spelt(node, said, lang))
        else:
            pairs = {"then": quoted(self._table.outcomes[said].label.zh if lang == "zh" else said, False, True)}
            if edit.words.get("because"):
                pairs["because"] = quoted(edit.words["because"], False, True)
            basis = self.basis(edit.words, self._place(sheet, edit, "kind"))
            if basis:
                pairs["basis"] = _flow(self.basis_words(basis, lang), lang)
            splices.replace(node, _flow(pairs, lang))

    # --- tests -----------------------------------------------------------------------------------------

    def _tests(self, splices: Splices, node: Span, rule: Rule, edit: RecordEdit, sheet: SheetTable, lang: Lang) -> None:
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
            splices.replace(when, self.in_flow(trees, spelling))
            return
        was = " " * when.column + splices.old[when.start : splices.end(when)]
        kept = comments(was, spans(was))
        begin = f"\n{' ' * indent}"
        splices.replace_block(when, "".join(begin + comment for comment in kept) + spelling.condition(trees, indent))

    def in_flow(self, trees: Sequence[Mapping[str, Sequence[Tree]]], spelling: Spelling) -> str:
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

    # --- a new rule ------------------------------------------------------------------------------------

    def drafted(self, new: NewRecord, id: str, sheet: SheetTable, lang: Lang, column: int) -> list[str] | None:
        """The lines of a new rule whose dash stands in a column; None, and problems, where it is not whole."""
        errors = self._report.errors
        spelling = Spelling(self._rulebook.fields, lang)
        trees = self.trees(new.rows, sheet, new)
        record = next(r for r in sheet.records if r.place == new.place)
        then = self._then(new.words.get("then", ""), sheet.place("then", record), sheet)
        basis = self.basis(new.words, sheet.place("kind", record))
        for key in ("since", "until"):
            if new.words.get(key) and date_of(new.words[key]) is None:
                self._report.add("RK873", sheet.place(key, record), reason=NO_DAY.fill(word=new.words[key][:40]))
        if trees is None or then is None or basis is None or self._report.errors > errors:
            return None
        indent = " " * (column + 2)
        lines = [f"{' ' * column}- {spelling.key('id')}: {quoted(id, False, False)}"]
        if new.words.get("title"):
            lines.append(f"{indent}{spelling.key('title')}: {quoted(new.words['title'], False, False)}")
        lines += f"{indent}{spelling.key('when')}:{spelling.condition(trees, column + 4)}".split("\n")
        lines.append(f"{indent}{spelling.key('then')}: {self._spelt(None, then, lang)}")
        if new.words.get("because"):
            lines.append(f"{indent}{spelling.key('because')}: {quoted(new.words['because'], False, False)}")
        if basis:
            lines.append(f"{indent}{spelling.key('basis')}: {_flow(self.basis_words(basis, lang), lang)}")
        lines += [f"{indent}{spelling.key(key)}: {new.words[key]}" for key in ("since", "until") if new.words.get(key)]
        if new.words.get("enabled", "").lower() in ("否", "no", "false"):
            lines.append(f"{indent}{spelling.key('enabled')}: {Text('否', 'false').say(lang)}")
        return lines

    @staticmethod
    def _place(sheet: SheetTable, edit: RecordEdit, key: str) -> Place:
        record = next(record for record in sheet.records if record.place == edit.place)
        return sheet.place(key, record)


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


def _flow(pairs: Mapping[str, str], lang: Lang) -> str:
    return f"{{{', '.join(f'{keywords.spelt(key).say(lang)}: {value}' for key, value in pairs.items())}}}"


def _is_nested(said: Tree) -> bool:
    return not hasattr(said, "text")
