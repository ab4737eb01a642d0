"""What a workbook changes of a rule, as changed spans of the file in which it stands; and a new rule as lines."""

from __future__ import annotations

from reformkit.editing.spans import Span, SpanMapping, SpanScalar
from reformkit.editing.spelling import quoted
from reformkit.grid.cell_reading import CellReader
from reformkit.grid.decision_plan import KINDS, OTHERWISE_ID
from reformkit.grid.splice import Splices
from reformkit.grid.yaml_words import Spelling
from reformkit.importing.basis_words import basis_of, basis_words, in_braces
from reformkit.importing.condition_edits import ConditionEdits
from reformkit.importing.merged_sheet import NewRecord, RecordEdit
from reformkit.importing.sheet_records import SheetTable
from reformkit.model.condition import ALWAYS_TRUE
from reformkit.model.rulebook import DecisionTable, Rule, Rulebook
from reformkit.problem import Place
from reformkit.reading import keywords
from reformkit.reading.form import date_of, flag_of
from reformkit.reading.words import Words
from reformkit.text import Lang, Text

NO_DAY = Text("“{word}”不是日期，写成 2022-01-01", "`{word}` is no day; write 2022-01-01")
NO_DAYS = Text("“{word}”不是天数", "`{word}` is no number of days")
_NO_FLAG = Text("“{word}”应为“是”或“否”", "`{word}` should be yes or no")
NEEDED = Text("“{heading}”不能空", "`{heading}` may not be blank")
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
        self._conditions = ConditionEdits(rulebook, cells)
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
            self._conditions.apply(splices, node, rule, edit, sheet, lang)

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
            self._report.add("RK873", place, reason=NEEDED.fill(heading=sheet.base.headings["then"]))
            return None
        found = self._outcomes.find(words)
        if found is None:
            self._report.add(
                "RK165", place, word=words, hint=lambda: self._outcomes.hint(words), known=self._outcomes.known
            )
        return found

    def _spelt(self, old: Span | None, outcome: str, lang: Lang) -> str:
        """An outcome as the file writes outcomes: by label or id as the one before, else in the file's language."""
        label = self._table.outcomes[outcome].label.zh
        word = Text(label, outcome).say(lang)
        if isinstance(old, SpanScalar):
            word = outcome if old.text in self._table.outcomes else label
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
        written = basis_of(words, place, self._report)
        if written is None:
            return
        inner = splices.value(node, "basis")
        if inner is None:
            ref = {"ref": quoted(basis.ref, False, True)} if basis and basis.ref else {}
            if not written:
                self._report.add("RK864", place, reason=_COMMON)
            else:
                splices.put(
                    node, keywords.spelt("basis").say(lang), in_braces({**basis_words(written, lang), **ref}, lang)
                )
        elif not written:
            splices.set(node, "basis", "", lang)
        else:
            if "kind" in edit.words:
                splices.set(inner, "kind", basis_words(written, lang)["kind"], lang)
            if "at" in edit.words and splices.set_text(inner, "at", written.get("at", ""), self._said_in, lang):
                self._report.add("RK874", self._place(sheet, edit, "at"), id=rule.id, heading=sheet.base.headings["at"])

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
            pairs = {"then": quoted(Text(self._table.outcomes[said].label.zh, said).say(lang), False, True)}
            if edit.words.get("because"):
                pairs["because"] = quoted(edit.words["because"], False, True)
            basis = basis_of(edit.words, self._place(sheet, edit, "kind"), self._report)
            if basis:
                pairs["basis"] = in_braces(basis_words(basis, lang), lang)
            splices.replace(node, in_braces(pairs, lang))

    # --- a new rule ------------------------------------------------------------------------------------

    def drafted(self, new: NewRecord, id: str, sheet: SheetTable, lang: Lang, column: int) -> list[str] | None:
        """The lines of a new rule whose dash stands in a column; None, and problems, where it is not whole."""
        errors = self._report.errors
        spelling = Spelling(self._rulebook.fields, lang)
        trees = self._conditions.trees(new.rows, sheet, new)
        record = next(r for r in sheet.records if r.place == new.place)
        then = self._then(new.words.get("then", ""), sheet.place("then", record), sheet)
        basis = basis_of(new.words, sheet.place("kind", record), self._report)
        for key in ("since", "until"):
            if new.words.get(key) and date_of(new.words[key]) is None:
                self._report.add("RK873", sheet.place(key, record), reason=NO_DAY.fill(word=new.words[key][:40]))
        if trees is None or then is None or basis is None or self._report.errors > errors:
            return None
        indent = " " * (column + 2)
        lines = [f"{' ' * column}- {spelling.key('id')}: {quoted(id, False, False)}"]
        if new.words.get("title"):
            lines.append(f"{indent}{spelling.key('title')}: {quoted(new.words['title'], False, False)}")
        condition = spelling.condition(trees)
        if condition == ["{}"]:
            lines.append(f"{indent}{spelling.key('when')}: {{}}")
        else:
            lines += [f"{indent}{spelling.key('when')}:", *(f"{indent}  {line}" for line in condition)]
        lines.append(f"{indent}{spelling.key('then')}: {self._spelt(None, then, lang)}")
        if new.words.get("because"):
            lines.append(f"{indent}{spelling.key('because')}: {quoted(new.words['because'], False, False)}")
        if basis:
            lines.append(f"{indent}{spelling.key('basis')}: {in_braces(basis_words(basis, lang), lang)}")
        lines += [f"{indent}{spelling.key(key)}: {new.words[key]}" for key in ("since", "until") if new.words.get(key)]
        if new.words.get("enabled", "").lower() in ("否", "no", "false"):
            lines.append(f"{indent}{spelling.key('enabled')}: {Text('否', 'false').say(lang)}")
        return lines

    @staticmethod
    def _place(sheet: SheetTable, edit: RecordEdit, key: str) -> Place:
        record = next(record for record in sheet.records if record.place == edit.place)
        return sheet.place(key, record)
