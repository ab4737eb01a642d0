"""A ledger looked at as a whole: the month's dispatch, its figures, its anchor, whether it is as it was written, and the way out."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from reformkit.assessing.yearly import YearCount
from reformkit.book import Book
from reformkit.keeping import exchange
from reformkit.keeping.store import Store
from reformkit.keeping.verify import verify
from reformkit.ledger.item import Item
from reformkit.model.act import Issued
from reformkit.model.item_effect import ItemEffect
from reformkit.model.letter_number import LetterNumber
from reformkit.model.office import OfficeRecord
from reformkit.overseeing.casebook import Casebook, casebook
from reformkit.overseeing.casebook_words import read_words
from reformkit.overseeing.comparison import Comparison, compare
from reformkit.overseeing.counting import Counted, counted, may_count
from reformkit.overseeing.dispatch import Dispatch
from reformkit.overseeing.dispatch_sheet import SLIP, overdue_said
from reformkit.overseeing.figures import Figures, members_of, period_of
from reformkit.overseeing.gathering import dispatched_before, gathered
from reformkit.overseeing.monthly import Months, month_ends, months_of
from reformkit.overseeing.overview import dispatch
from reformkit.overseeing.stated import read_stated
from reformkit.overseeing.year_of_ledger import LedgerYear
from reformkit.overseeing.yearly import item_year
from reformkit.pages.of_ledger import days_of, year_of_ledger
from reformkit.pages.which_year import year_said
from reformkit.pages.year import Year
from reformkit.parsing.tree import collector_at_rest
from reformkit.practising.history import History
from reformkit.practising.lines import act_of
from reformkit.practising.moving import effect
from reformkit.practising.records import Records
from reformkit.problem import Problem, RulebookError
from reformkit.reading.duties import check_duties


class Overseen:
    """What is read off a ledger as a whole; `Ledger` is one."""

    book: Book
    office: OfficeRecord
    _store: Store
    _records: Records
    _history: History

    def item(self, id: str, seen: int | None = None) -> Item:
        """An item by its id. Raises KeyError for one that is not there.

        `seen`: how many of its acts the caller has looked at; a verb is refused where there are more by then.
        """
        self._records.refresh()
        if self._records.find(id) is None:
            raise KeyError(f"no item {id!r}")
        return Item(self._records, self._history, id, seen)

    def dispatch(self, as_of: date | None = None) -> Dispatch:
        """The month's dispatch at the end of a day: everything due, late, stuck or out of the ordinary.

        `.overdue`, `.due`, `.by_role()`, `.save("月调度.docx")`; it ends with the ledger's anchor.
        """
        day = as_of or self._records.today()
        self._records.refresh()
        rules, rulebook = self._records.rules, self.book.rulebook
        since = dispatched_before(rules.workdays, rules.procedures.dispatch, day)
        found = gathered(self._records, day, since)
        labels = {**rulebook.role_labels, **{name: table.title for name, table in rulebook.decisions.items()}}
        duties = check_duties(self.office, rules.procedures, rulebook.role_labels)
        monthly = rules.procedures.dispatch
        return dispatch(
            found, self.office, rules.workdays, monthly, labels, day, self.anchor(), duties, rulebook.letters
        )

    def draft_slips(self, sheet: Dispatch, folder: str | os.PathLike[str]) -> list[Path]:
        """Draft a 督办单 for each overdue step of a dispatch, to whoever has it to do, not numbered yet.

        Raises `LetterError` where a slip lacks something; ValueError where the rulebook has no such letter.
        """
        letters = self.book.rulebook.letters
        if letters is None or SLIP not in letters.kinds:
            raise ValueError(f"the rulebook has no letter {SLIP!r}")
        field = next(name for name, holder in letters.placeholders.items() if holder.of == "overdue")
        return [
            self.item(row.item)
            .letter(SLIP, row.holders or (row.unit,), sheet.next_on)
            .told(**{field: overdue_said(row)})
            .save(Path(folder, f"{letters.kinds[SLIP].title.zh}-{row.item}-{row.step}.docx"))
            for row in sheet.overdue
        ]

    def effects(self, book: Book, as_of: date | None = None) -> list[ItemEffect]:
        """What the procedures of another rulebook would mean for the open items, were they moved to them: steps that
        went or came, days that are others. Items for which nothing changes are left out."""
        self._records.refresh()
        day, newer = as_of or self._records.today(), book.rulebook.procedures
        found = gathered(self._records, day, day).states
        known = {} if newer is None else newer.procedures
        effects = (effect(state, known.get(state.procedure.id), self._records.rules.workdays, day) for state in found)
        return [one for one in effects if one]

    def figures(self, period: str | tuple[date, date] | None = None, at_seq: int | None = None) -> Figures:
        """The figures of the rulebook over this ledger: of a year, a month, a quarter, or first and last day; or of all.

        `at_seq`: as they stood when the ledger had so many acts. Raises `RulebookError` where the rulebook has no
        figures, ValueError for another period, or more acts than there are.
        """
        rules = self.book.rulebook.figures
        if rules is None:
            raise RulebookError([Problem("RK551", self.book.rulebook.place)])
        end = self._store.head().seq
        if at_seq is not None and not 0 <= at_seq <= end:
            raise ValueError(f"the ledger has {end} acts, not {at_seq}")
        lines = partial(self._store.lines, until=end if at_seq is None else at_seq, wanted=may_count)
        with collector_at_rest():
            everything = tuple(counted(lines, self._layer_of, self._written_on(end if at_seq is None else at_seq)))
        return Figures(rules, members_of(self.book.rulebook.letters), everything, period_of(period))

    def compare(
        self, stated: str | os.PathLike[str], by: str = "region", period: str | None = None, at_seq: int | None = None
    ) -> Comparison:
        """Shares of reform beside the indicators that an office states in a .csv or .xlsx, a row a region, unit or year.

        `by`: `region`, `township`, `responsible_unit`, `industry` or `year`. Nothing is ranked and nothing added up.
        `.problems` are what looks odd about the table. Raises `TableError` with all that is wrong with it, `RulebookError` where the rulebook has no
        integrity.yaml, ValueError for another `by` or period.
        """
        rulebook = self.book.rulebook
        rules = rulebook.integrity
        if rules is None:
            raise RulebookError([Problem("RK561", rulebook.place)])
        group = next((known for known in rules.by if known == by), None)
        if group is None:
            raise ValueError(f"nothing is compared by {by!r}; there are {', '.join(rules.by)}")
        if group == "year" and period is not None:
            raise ValueError("each row of years is a period of its own; leave the period out")
        figures = self.figures(period, at_seq)
        field = rulebook.vocabulary.fields.get(group)
        labels = {} if field is None else {id: item.label for id, item in field.values.items()}
        table = read_stated(stated, rules, group, labels)
        acts = self._store.head().seq if at_seq is None else at_seq
        return compare(figures, rules, group, table, labels, period, acts)

    def monthly(self, period: str | tuple[date, date] | None = None) -> Months:
        """Month by month how many items were opened and accepted, and how many were overdue as they stood at its end.

        Of a year, a quarter, a month, or first and last day; without one, of all months since the first item. Months
        that have not begun by the ledger's clock are left out. Raises ValueError for another period.
        """
        self._records.refresh()
        first, after = period_of(period)
        today, said = self._records.today(), None if isinstance(period, tuple) else period
        if first is None or after is None:
            first, after = self._records.opened_first() or today, date.max
        days = month_ends(first, after, today)
        rules = self._records.rules
        months = months_of(self._records.stories(), days, self._records.procedure, rules.workdays)
        return Months(months, self._records.seq or 0, said)

    def year(self, year: int | str, as_of: date | None = None) -> Year:
        """What became of reform in a year: what began, what is done, late, accepted; gates, layers, causes, measures.

        A `Year`: `explain()`, `save("年度.docx")`, `table("items")["all"]`. `as_of` is the last day to look at, else the
        end of the year, or today while it goes on. Raises ValueError for another word, a year that has not begun, a
        day that is not in it, or a ledger without items.
        """
        first, last = days_of(year_said(year), as_of, self._records.today())
        self._records.refresh()
        library, ids = self.book.library, list(self._records.ids)
        causes = {} if library is None else {id: cause.weak_point for id, cause in library.causes.items()}
        before = self._records.standing(ids, first - timedelta(days=1))
        items = item_year(first, last, before, self._records.standing(ids, last), self._layer_of, causes.get)
        waiting = YearCount()
        for item, case, known in items.in_hand:
            waiting.add(self._history.assess({"id": case, **known}, None, item), name=item)
        figures = None if self.book.rulebook.figures is None else self.figures((first, last))
        found = LedgerYear(items, self.dispatch(last), figures, waiting, self._records.rules.procedures)
        return year_of_ledger(found, self.book)

    def casebook(
        self, period: str | tuple[date, date] | None = None, words: str | os.PathLike[str] | None = None
    ) -> Casebook:
        """The cases of a period that can teach others: of items archived in it, with consent; `.save("案例汇编.docx")`.

        `words` is a YAML file of what stands instead of words that tell who it was. `.problems` are those that still do.
        Raises `LetterError` with all that is wrong with that file, ValueError for another period.
        """
        said = None if words is None else read_words(words)
        bounds, shown = period_of(period), None if isinstance(period, tuple) else period
        figures, rulebook = self.figures(), self.book.rulebook
        of_item: dict[str, list[Counted]] = {}
        for one in figures.everything:
            of_item.setdefault(one.subject.id, []).append(one)
        self._records.refresh()
        return casebook(
            self._records.items(),
            lambda id: replace(figures, everything=tuple(of_item.get(id, ()))),
            rulebook,
            self.book.library,
            said or {},
            (self.office.name, *([self.office.region] if self.office.region else []), *self.office.units),
            bounds,
            shown,
            self.office.name,
            self._store.head().seq,
        )

    def _written_on(self, seq: int) -> date:
        """The day on which an act was written."""
        return next(
            (datetime.fromisoformat(line.said["at"]).date() for line in self._store.lines(after=seq - 1, until=seq)),
            date.min,
        )

    def _layer_of(self, procedure: str) -> str | None:
        """The layer of the items of a procedure: that as which they are opened, a point where they are of one case."""
        known = self._records.rules.procedures.procedures.get(procedure)
        return None if known is None else known.opened_as or ("point" if known.source == "case" else None)

    def file_of(self, number: str) -> Path:
        """The file of an issued letter as it was kept, to be copied and printed. Raises KeyError for another number."""
        parsed = LetterNumber.parse(number)
        if parsed is not None:
            with self._store.reading() as pages:
                line = pages.around(parsed.series, parsed.serial)[1]
            data = None if line is None else act_of(line).data
            if isinstance(data, Issued) and data.number == number and data.file is not None:
                return self._store.files.find(data.file.sha256)
        raise KeyError(f"no letter {number!r}")

    def anchor(self) -> str:
        """What is printed on a sheet and filed: the number of the last act, and the first digits of its hash."""
        return self._store.head().anchor

    def verify(self, anchor: str | Iterable[str] | None = None) -> list[Problem]:
        """All that is wrong with the ledger and its files; with printed anchors, also whether it was made anew."""
        anchors = () if anchor is None else (anchor,) if isinstance(anchor, str) else tuple(anchor)
        return verify(self._store, anchors)

    def export(self, path: str | os.PathLike[str]) -> str:
        """Write every act to a file of JSON Lines, which verifies without a database. Returns the anchor."""
        return exchange.export(self._store, path).anchor
