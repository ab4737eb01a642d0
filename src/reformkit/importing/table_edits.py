"""What a workbook changes of parameters, causes and measures, as changed spans of their files."""

from __future__ import annotations

from reformkit.editing.spans import Odd, Span, SpanMapping, SpanSequence
from reformkit.editing.spelling import quoted
from reformkit.grid.plans import PARAMETER_MARK
from reformkit.grid.splice import Splices
from reformkit.importing.basis_words import basis_in_braces, basis_of, basis_words
from reformkit.importing.merged_sheet import NewRecord, RecordEdit
from reformkit.importing.rule_edits import NEEDED, NO_DAY, NO_DAYS
from reformkit.importing.sheet_records import SheetTable
from reformkit.parsing.report import Report
from reformkit.problem import Place
from reformkit.reading import keywords
from reformkit.reading.form import date_of
from reformkit.text import Lang, Text

_NO_NAME = Text(
    "没有参数“{word}”；新参数在 parameters.yaml 中定义",
    "there is no parameter `{word}`; define a new one in parameters.yaml",
)


class TableEdits:
    """Applies what changes of a sheet that holds no decision."""

    def __init__(self, report: Report, said_in: Lang) -> None:
        self._report = report
        self._said_in: Lang = said_in

    def apply(self, splices: Splices, edit: RecordEdit, sheet: SheetTable, lang: Lang) -> None:
        """Put what changes of a record into the text of its file."""
        name = edit.record.id.partition(PARAMETER_MARK)[0]
        if sheet.base.of == "parameters":
            self._parameter(splices, name, edit, sheet, lang)
            return
        node = splices.value(splices.root, sheet.base.of)
        self._words(splices, _entry(node, name), edit, sheet, lang, ("title", "label", "note", "text", "lead"))
        if "due_days" in edit.words:
            words, place = edit.words["due_days"], _place(sheet, edit, "due_days")
            if words.isdecimal() and words.isascii() and int(words):
                splices.set(_entry(node, name), "due_days", words, lang)
            else:
                self._report.add("RK873", place, reason=NO_DAYS.fill(word=words[:40]))

    def _parameter(self, splices: Splices, name: str, edit: RecordEdit, sheet: SheetTable, lang: Lang) -> None:
        self._words(splices, _entry(splices.value(splices.root, "parameters"), name), edit, sheet, lang, ("label",))
        node = splices.at(edit.record.place)
        if "value" in edit.words:
            if not edit.words["value"]:
                self._report.add(
                    "RK873", _place(sheet, edit, "value"), reason=NEEDED.fill(heading=sheet.base.headings["value"])
                )
            else:
                splices.set(node, "value", _value(edit.words["value"]), lang)
        for key in ("since", "until"):
            if key in edit.words:
                if edit.words[key] and date_of(edit.words[key]) is None:
                    self._report.add("RK873", _place(sheet, edit, key), reason=NO_DAY.fill(word=edit.words[key][:40]))
                else:
                    splices.set(node, key, edit.words[key], lang)
        if edit.words.keys() & {"kind", "at"}:
            self._basis(splices, node, edit, sheet, lang)

    def _basis(self, splices: Splices, node: Span, edit: RecordEdit, sheet: SheetTable, lang: Lang) -> None:
        had = {key: edit.record.rows[0].get(key, "") for key in ("kind", "at")}
        place = _place(sheet, edit, "kind")
        written = basis_of({**had, **edit.words}, place, self._report)
        if written is None:
            return
        inner = splices.value(node, "basis")
        if inner is None or not written:
            splices.set(node, "basis", basis_in_braces(written, lang) if written else "", lang)
            return
        if "kind" in edit.words:
            splices.set(inner, "kind", basis_words(written, lang)["kind"], lang)
        if "at" in edit.words and splices.set_text(inner, "at", written.get("at", ""), self._said_in, lang):
            self._say_other(sheet, edit, "at")

    def _words(
        self, splices: Splices, node: Span, edit: RecordEdit, sheet: SheetTable, lang: Lang, keys: tuple[str, ...]
    ) -> None:
        for key in keys:
            if key not in edit.words:
                continue
            if not edit.words[key] and key != "note":
                self._report.add(
                    "RK873", _place(sheet, edit, key), reason=NEEDED.fill(heading=sheet.base.headings[key])
                )
            elif splices.set_text(node, key, edit.words[key], self._said_in, lang):
                self._say_other(sheet, edit, key)

    def _say_other(self, sheet: SheetTable, edit: RecordEdit, key: str) -> None:
        self._report.add(
            "RK874",
            _place(sheet, edit, key),
            id=edit.record.id.partition(PARAMETER_MARK)[0],
            heading=sheet.base.headings[key],
        )

    def add_value(self, splices: Splices, new: NewRecord, sheet: SheetTable, lang: Lang) -> None:
        """One more value of a parameter that is there."""
        name = new.id.partition(PARAMETER_MARK)[0]
        try:
            values = splices.value(_entry(splices.value(splices.root, "parameters"), name), "values")
        except Odd:
            self._report.add("RK873", new.place, reason=_NO_NAME.fill(word=name[:40]))
            return
        basis = basis_of(new.words, new.place, self._report)
        bad = [key for key in ("since", "until") if new.words.get(key) and date_of(new.words[key]) is None]
        for key in bad:
            self._report.add("RK873", new.place, reason=NO_DAY.fill(word=new.words[key][:40]))
        if not new.words.get("value"):
            self._report.add("RK873", new.place, reason=NEEDED.fill(heading=sheet.base.headings["value"]))
        elif basis is not None and not bad:
            pairs = {"value": _value(new.words["value"])}
            pairs |= {key: new.words[key] for key in ("since", "until") if new.words.get(key)}
            if basis:
                pairs["basis"] = basis_in_braces(basis, lang)
            said = ", ".join(f"{keywords.spelt(key).say(lang)}: {value}" for key, value in pairs.items())
            if not isinstance(values, SpanSequence):
                raise Odd
            splices.append(values, f"{{{said}}}")


def _value(words: str) -> str:
    return words if words.isdecimal() or date_of(words) else quoted(words, False, True)


def _entry(node: Span | None, name: str) -> Span:
    """What stands under a name. Raises `Odd` where nothing does."""
    found = [value for key, value in node.pairs if key.text == name] if isinstance(node, SpanMapping) else []
    if not found:
        raise Odd
    return found[0]


def _place(sheet: SheetTable, edit: RecordEdit, key: str) -> Place:
    return sheet.place(key, next(record for record in sheet.records if record.place == edit.place))
