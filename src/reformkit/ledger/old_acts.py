"""The acts that a row of an earlier ledger tells of, each written once, through the verb that is for it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from reformkit.keeping.line import Line
from reformkit.ledger.enterers import Enterers
from reformkit.ledger.item import Item
from reformkit.ledger.ledger import Ledger
from reformkit.ledger.old_days import BETWEEN_SUGGESTIONS, letter_kind, parts
from reformkit.ledger.old_sheet import OldRow
from reformkit.model.act import Act, Issued, Opened, Suggestion
from reformkit.model.evidence import Evidence
from reformkit.model.procedure import Procedure, Step
from reformkit.practising.lines import act_of
from reformkit.practising.suggesting import stated
from reformkit.practising.turning import OPENERS
from reformkit.practising.units import same_unit
from reformkit.problem import Problem, RefusedError
from reformkit.reading.keys import key_of
from reformkit.text import Text

_UNDATED = Text(
    "原台账未记这一步的日期，按其后一步的日期记",
    "the earlier ledger has no day for this step: that of the step after it",
)
_OPENING = Text("立项", "the opening")
_LONGEST = 100


@dataclass(slots=True)
class OldActs:
    """Writes the acts of one row; `sheet` is the table that it stands in, `late` why it is entered late.

    `written` are the acts that are new, `already` counts those that stood there.
    """

    ledger: Ledger
    row: OldRow
    enterers: Enterers
    late: str
    sheet: Evidence
    written: list[Act] = field(default_factory=list)
    already: int = 0

    @property
    def case(self) -> dict[str, object]:
        """The case as it was before the gates spoke: they speak by their own acts."""
        said = self.row.case.to_dict()
        steps = (s for p in self.ledger._known_procedures.procedures.values() for s in p.steps.values())
        for opinion in {step.opinion for step in steps if step.opinion is not None}:
            said.pop(opinion, None)
        return said

    def opened(self, procedure: Procedure) -> Item:
        """The row's item, opened now or in an earlier run."""
        said, on = self.row.said, self.row.said["opened_on"]
        before = self._before("opened", on)
        case = self.row.case
        if before is not None:
            opened = act_of(before).data
            unit = case.facts.get("unit")
            if isinstance(opened, Opened) and unit is not None and not same_unit(opened.unit, str(unit)):
                self._otherwise(before, _OPENING)
            return self.ledger.item(before.item)
        own = ("unit", "responsible_unit", "region", "township", "industry")
        matter = {name: str(case.facts[name]) for name in own if name in case.facts}
        matter |= {name: said[name] for name in ("title", "department") if name in said}
        is_of_case = procedure.source == "case"
        weighed = self.ledger.assessed(self.case) if is_of_case else None
        item = self.ledger.open(
            weighed,
            by=self.enterers.one(OPENERS, case.facts, ()),
            on=on,
            procedure=procedure.id,
            cases=parts(said.get("linked")),
            matter={k: v for k, v in matter.items() if not is_of_case or k in ("title", "department")},
            evidence=[self.sheet, self._extract],
            id=self._id("opened"),
            late=self._late(),
        )
        self.written += item.acts
        return item

    def doing(self, item: Item, step: Step, day: date, filled: bool) -> tuple[str | None, Callable[[], bool]]:
        """The column that tells of a step, and what does it."""
        late = self._late(filled)
        column = "number" if step.doing == "issue" else (self.row.day_of(step) or (None,))[0]
        match step.doing:
            case "issue":
                return column, lambda: self._issue(item, step, day, late)
            case "receipt":
                return column, lambda: self._receive(item, step, day, late)
            case "acceptance":
                return column, lambda: self._accept(item, step, day, late)
            case "visit":
                return column, lambda: self._visit(item, step, day, late)
            case _:
                return column, lambda: self._do(item, step, day, late)

    def _do(self, item: Item, step: Step, day: date, late: str) -> bool:
        opinion = None
        if step.opinion is not None:
            opinion = str(self.row.case.facts.get(step.opinion) or "passed")
        units = item.standing.units if step.each_unit else (None,)
        asked = self._asked(item) if "suggestion" in step.needs else ()
        for number, unit in enumerate(units):
            id = self._new(step.id if number == 0 else f"{step.id}-{number + 1}", day)
            if id is not None:
                act = item.do(
                    step.id,
                    by=self._by(item, step),
                    on=day,
                    opinion=opinion,
                    reason=self.row.said.get("reason"),
                    evidence=[self._extract],
                    unit=unit,
                    suggestions=asked,
                    id=id,
                    late=late,
                )
                self.written.append(act)
        return True

    def _visit(self, item: Item, step: Step, day: date, late: str) -> bool:
        id = self._new(step.id, day)
        if id is not None:
            by, papers = self._by(item, step), [self._extract]
            self.written.append(item.visit(True, by=by, on=day, evidence=papers, step=step.id, id=id, late=late))
        return True

    def _issue(self, item: Item, step: Step, day: date, late: str) -> bool:
        said, number = self.row.said, self.row.said["number"]
        before = self._before(step.id, day)
        if before is not None:
            data = act_of(before).data
            if not isinstance(data, Issued) or key_of(data.number) != key_of(number):
                self._otherwise(before, step.title)
            return True
        asked = self._asked(item)
        letter = item.letter(
            letter_kind(self.row, self.ledger.book.rulebook.letters, self.ledger.office) or "",
            to=parts(said.get("recipients")) or None,
            reply_by=said.get("reply_by"),
            suggestions=asked or None,
        )
        letter.issue(
            by=self._by(item, step), on=day, number=number, id=self._id(step.id), late=late, file=self._extract
        )
        self.written.append(item.acts[-1])
        return True

    def _receive(self, item: Item, step: Step, day: date, late: str) -> bool:
        pairs = [(sent, unit) for sent in item.standing.letters if not sent.void for unit in sent.issued.to]
        for number, (letter, unit) in enumerate(pairs):
            id = self._new(step.id if number == 0 else f"{step.id}-{number + 1}", day)
            if id is not None:
                by, papers = self._by(item, step), [self._extract]
                sent_as = letter.issued.number
                act = item.receive(sent_as, by=by, on=day, unit=unit, evidence=papers, id=id, late=late)
                self.written.append(act)
        return True

    def _accept(self, item: Item, step: Step, day: date, late: str) -> bool:
        by = self._by(item, step)
        if self.row.said.get("result") == "failed":
            if (id := self._new(step.id, day)) is not None:
                self.written.append(item.fail(self.row.said.get("reason") or "", by=by, on=day, id=id, late=late))
            return True
        folder = Path(self.row.place().path).parent
        papers = [Evidence(folder / name, day) for name in parts(self.row.said.get("papers"))]
        for suggestion in item.suggestions:
            for criterion in suggestion.criteria:
                if (id := self._new(f"{step.id}-{criterion.id}", day)) is not None:
                    act = item.judge(suggestion, criterion, by=by, on=day, evidence=papers, id=id, late=late)
                    self.written.append(act)
        if (id := self._new(step.id, day)) is not None:
            other = self.enterers.other(by, step.roles, item.standing.facts, _units_of(item))
            self.written.append(item.accept(by=by, countersigned=other, on=day, id=id, late=late))
        return True

    def _asked(self, item: Item) -> tuple[Suggestion, ...]:
        """What the row says was asked, each with its criteria; none where it says nothing."""
        texts = parts(self.row.said.get("suggestions"), BETWEEN_SUGGESTIONS)
        criteria = parts(self.row.said.get("criteria"), BETWEEN_SUGGESTIONS)
        if not texts:
            return ()
        if len(texts) > 1 and len(texts) != len(criteria):
            raise RefusedError([Problem("RK847", self.row.place(), {"texts": len(texts), "criteria": len(criteria)})])
        each = [criteria] if len(texts) == 1 else [[criterion] for criterion in criteria]
        return stated(item.standing, zip(texts, each, strict=True))

    # --- once, by whom, with what ----------------------------------------------------------------------

    def _new(self, name: str, day: date) -> str | None:
        """The id of an act that is still to be written; None where it stands. Raises where it stands otherwise."""
        return self._id(name) if self._before(name, day) is None else None

    def _before(self, name: str, day: date) -> Line | None:
        """The act that was written for this of the row in an earlier run."""
        line = self.ledger._line_of(self._id(name))
        if line is None:
            return None
        if line.said["on"] != day.isoformat():
            self._otherwise(line, Text.same(name))
        self.already += 1
        return line

    def _otherwise(self, line: Line, what: Text) -> None:
        values = {"seq": line.seq, "item": line.item, "what": what, "day": line.said["on"]}
        raise RefusedError([Problem("RK848", self.row.place(), values)])

    def _id(self, name: str) -> str:
        said = f"old-{key_of(self.row.id)}-{name}"
        if len(said) <= _LONGEST and "/" not in said:
            return said
        return f"old-{hashlib.sha256(said.encode()).hexdigest()[:40]}"

    def _late(self, filled: bool = False) -> str:
        place = self.row.place()
        said = f"{self.late}（{Path(place.path).name} {place.sheet}第{place.line}行）"
        return f"{said}；{_UNDATED.zh}" if filled else said

    @property
    def _extract(self) -> Evidence:
        """The row as a paper of its own."""
        place = self.row.place()
        name = f"{Path(place.path).stem}第{place.line}行.txt"
        return Evidence(name, self.ledger.today(), content=self.row.extract.encode())

    def _by(self, item: Item, step: Step) -> str:
        return self.enterers.one(step.roles, item.standing.facts, _units_of(item))


def _units_of(item: Item) -> tuple[str, ...]:
    standing = item.standing
    return (standing.opened.responsible_unit, *standing.units)
