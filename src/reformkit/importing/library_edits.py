"""Causes and measures that a workbook adds or takes away, as entries of the files of the library."""

from __future__ import annotations

from collections.abc import Sequence

from reformkit.editing.drafting import YamlDraft, language_of, under, with_item
from reformkit.editing.spans import Odd, SpanMapping, spans
from reformkit.editing.spelling import quoted
from reformkit.grid.splice import Splices
from reformkit.importing.merged_sheet import NewRecord, SheetMerge
from reformkit.importing.rule_edits import NO_DAYS
from reformkit.importing.sheet_records import SheetTable
from reformkit.model.library import Library, Measure
from reformkit.parsing.report import Report
from reformkit.reading import keywords
from reformkit.reading.words import Words
from reformkit.text import Lang, Text

_NO_ID = Text("新增的一行没有编号；编号写成 institution.xxx、IN-08 这样的，定了就不再改", "a new row needs an id such as institution.xxx or IN-08, which is never changed later")  # fmt: skip
_NEEDED = Text("新增的一行缺“{heading}”", "a new row lacks `{heading}`")
_NO_WORD = Text("“{word}”不是{what}；可用：{known}", "`{word}` is no {what}; use {known}")
_NO_WHY = Text(
    "“{word}”后面缺作用说明；一行一项，写成“症结：怎样起作用”，第一行的为主",
    "how `{word}` is answered is not said; write a line a cause, `cause: how`, the main one first",
)
_WEAK_POINT, _CAUSE = Text("症结方向", "weak point"), Text("症结", "cause")
_NEEDS = {
    "causes": ("label", "group"),
    "measures": ("title", "group", "addresses", "text", "lead", "due_days", "accept"),
}


class LibraryEdits:
    """Drafts and takes away entries; what a row lacks goes into the report, all of it at once."""

    def __init__(self, library: Library, merges: Sequence[SheetMerge], report: Report) -> None:
        self._library = library
        new = [record for merge in merges if merge.plan.of == "causes" for record in merge.added]
        also = {record.id: Text.same(record.words.get("label", "")) for record in new}
        self._report = report
        self._weak_points = _words({id: item.label for id, item in library.weak_points.items()})
        self._causes = _words({**{id: item.label for id, item in library.causes.items()}, **also})

    def file_of(self, new: NewRecord, merge: SheetMerge, sheet: SheetTable) -> str | None:
        """The file into which a row belongs: that of the entries of its weak point, else of the last ones; None, and
        problems, where the row is not whole."""
        if new.id.startswith("\0"):
            self._report.add("RK873", new.place, reason=_NO_ID)
        errors = self._report.errors
        for key in _NEEDS[merge.plan.of]:
            if not new.words.get(key):
                self._report.add("RK873", new.place, reason=_NEEDED.fill(heading=sheet.base.headings[key]))
        group = self._weak_point(new)
        if self._report.errors > errors or new.id.startswith("\0"):
            return None
        items = self._library.causes if merge.plan.of == "causes" else self._library.measures
        alike = [item.place.path for item in items.values() if item.weak_point == group]
        return alike[-1] if alike else merge.plan.records[-1].place.path

    def added(self, text: str, new: NewRecord, merge: SheetMerge, said_in: Lang) -> str | None:
        """The text with a row as an entry behind the one above it; None, and problems, where its cells are faulty.

        Raises `Odd` where the file is laid out otherwise.
        """
        root = spans(text)
        node = under(root, merge.plan.of)
        if not isinstance(node, SpanMapping) or node.flow:
            raise Odd
        lang = language_of(root)
        draft = YamlDraft(lang, said_in)
        lines = self._cause(new, lang) if merge.plan.of == "causes" else self._measure(new, lang)
        if lines is None:
            return None
        draft.lines = [" " * node.column + line for line in (f"{quoted(new.id, True, False)}:", *lines)]
        ids = [key.text for key, _ in node.pairs]
        at = ids.index(new.after) + 1 if new.after in ids else len(ids)
        return with_item(text, merge.plan.of, draft, at if at < len(ids) else None)[0]

    @staticmethod
    def removed(text: str, of: str, id: str) -> str:
        """The text without an entry; comments above it stay. Raises `Odd` for the last one."""
        splices = Splices(text)
        node = splices.value(splices.root, of)
        key = next((key for key, _ in node.pairs if key.text == id), None) if isinstance(node, SpanMapping) else None
        if key is None:
            raise Odd
        at = text.rfind("\n", 0, key.start) + 1
        splices.drop(node, key)
        left = splices.text()
        is_gap_doubled = left[:at].endswith("\n\n") and left[at:].startswith("\n")
        return left[:at] + left[at + 1 :] if is_gap_doubled else left

    def _cause(self, new: NewRecord, lang: Lang) -> list[str] | None:
        group = self._weak_point(new)
        pairs = [("label", _said(new, "label")), ("group", group or "")]
        pairs += [("note", _said(new, "note"))] if new.words.get("note") else []
        return [f"  {keywords.spelt(key).say(lang)}: {value}" for key, value in pairs]

    def _measure(self, new: NewRecord, lang: Lang) -> list[str] | None:
        errors = self._report.errors
        causes = [self._addressed(line, new) for line in new.words["addresses"].split("\n") if line.strip()]
        days = new.words["due_days"]
        if not (days.isascii() and days.isdecimal() and int(days)):
            self._report.add("RK873", new.place, reason=NO_DAYS.fill(word=days[:40]))
        if self._report.errors > errors:
            return None

        def key(word: str) -> str:
            return keywords.spelt(word).say(lang)

        like = self._like(new)
        start = like.due_from if like else next(iter(keywords.STARTS))
        lines = [f"{key('title')}: {_said(new, 'title')}", f"{key('text')}: {_said(new, 'text')}", f"{key('addresses')}:"]  # fmt: skip
        for number, (cause, why) in enumerate(causes):
            role = "main" if number == 0 else "also"
            said = {key("as"): Text(keywords.ROLES[role], role).say(lang), key("why"): quoted(why, False, True)}
            lines.append(f"  {quoted(cause, True, False)}: {{{', '.join(f'{k}: {v}' for k, v in said.items())}}}")
        lines += [f"{key('lead')}: {_said(new, 'lead')}", f"{key('due_days')}: {days}"]
        lines += [f"{key('from')}: {Text(keywords.STARTS[start], start).say(lang)}", f"{key('accept')}:"]
        lines += [f"  - {quoted(line.strip(), False, False)}" for line in new.words["accept"].split("\n") if line.strip()]  # fmt: skip
        return [f"  {line}" for line in lines]

    def _addressed(self, line: str, new: NewRecord) -> tuple[str, str]:
        """A cause and how the measure answers it, from a line of a cell."""
        label, _, why = line.replace("：", ":", 1).partition(":")
        cause = self._named(label.strip(), self._causes, _CAUSE, new)
        if not why.strip():
            self._report.add("RK873", new.place, reason=_NO_WHY.fill(word=label.strip()[:40]))
        return cause or "", why.strip()

    def _like(self, new: NewRecord) -> Measure | None:
        """The measure above a new one, from which it takes the day from which its days count."""
        return self._library.measures.get(new.after or "") or next(iter(self._library.measures.values()), None)

    def _weak_point(self, new: NewRecord) -> str | None:
        words = new.words.get("group", "")
        return self._named(words, self._weak_points, _WEAK_POINT, new) if words else None

    def _named(self, word: str, words: Words, what: Text, new: NewRecord) -> str | None:
        found = words.find(word)
        if found is None:
            self._report.add("RK873", new.place, reason=_NO_WORD.fill(word=word[:40], what=what, known=words.known))
        return found


def _words(labels: dict[str, Text]) -> Words:
    return Words({id: label.zh for id, label in labels.items()}, {label.en: id for id, label in labels.items()})


def _said(new: NewRecord, key: str) -> str:
    return quoted(new.words[key], False, False)
