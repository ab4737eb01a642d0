"""One act about to be written: who acts, on which day, with what; and everything that stands in its way.

A verb looks at the item through a `Hand`, notes each problem that it finds and goes on looking. `entry` gives the
act, or raises with all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pydantic import BaseModel

from reformkit.model.act import Entry, Exhibit
from reformkit.model.office import ANY_UNIT, Account, OfficeRecord
from reformkit.model.procedure import Procedures, Step
from reformkit.practising.item import ItemState
from reformkit.practising.nearest import hint, named, words_of
from reformkit.practising.progress import done_on, waits_for
from reformkit.practising.states import State
from reformkit.practising.units import is_among, same_unit, spelled
from reformkit.practising.workdays import Workdays
from reformkit.problem import NOWHERE, Problem, RefusedError
from reformkit.reading.keys import key_of
from reformkit.text import Text

_IS_IN_ITEM = Text("它在本事项中是{label}", "it is {label} in this item")

RESPONSIBLE = "responsible"
_NOTHING = Text("无", "none")


@dataclass(frozen=True, slots=True)
class Caller:
    """What a caller says with every act."""

    id: str
    by: str
    on: date
    reason: str | None = None
    late: str | None = None
    evidence: tuple[Exhibit, ...] = ()
    taken_over: bool = False
    """Whether the act was done before the ledger was there: it is a late entry, however little time has passed."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for every item: the procedures, the office, the days that count, and what roles are called."""

    procedures: Procedures
    office: OfficeRecord
    workdays: Workdays
    roles: Mapping[str, Text]
    results: Mapping[str, Text] = field(default_factory=dict)
    """The kinds of results that figures sum, with what they are called; without any, units name them as they like."""


@dataclass(slots=True)
class Hand:
    """A hand on one item as it stands (None: it is about to be opened), on a day, at a caller's asking."""

    rules: Rules
    item: str
    standing: ItemState | None
    today: date
    caller: Caller
    problems: list[Problem] = field(default_factory=list)
    body: str = ""
    role: str = ""
    for_unit: str | None = None
    is_late: bool = False

    # --- refusing and writing --------------------------------------------------------------------------

    def refuse(self, code: str, **values: object) -> None:
        """Note one thing that stands in the way."""
        problem = Problem(code, NOWHERE, values)
        if problem not in self.problems:
            self.problems.append(problem)

    def entry(self, data: BaseModel | None) -> Entry:
        """The act. Raises `RefusedError` with everything that stands in its way."""
        self.check_evidence()
        if self.problems:
            raise RefusedError(self.problems)
        assert data is not None
        return self.following(data)

    def following(self, data: BaseModel, reason: str | None = None) -> Entry:
        """An act that goes with this one, or is it."""
        said = {
            "id": self.caller.id,
            "item": self.item,
            "on": self.caller.on,
            "by": self.caller.by,
            "body": self.body,
            "role": self.role,
            "for_unit": self.for_unit,
            "reason": words(reason or self.caller.reason),
            "late": words(self.caller.late) if self.is_late else None,
            "evidence": self.caller.evidence,
            "data": data,
        }
        return Entry.model_validate(said)

    # --- the item --------------------------------------------------------------------------------------

    @property
    def at(self) -> ItemState:
        """The item as it stands; every verb but the opening has one."""
        assert self.standing is not None
        return self.standing

    def step(self, id: str) -> Step | None:
        """A step of the item's procedure by id or title, or None and a problem."""
        procedure = self.at.procedure
        titles = {step.id: step.title for step in procedure.steps.values()}
        words = words_of(titles)
        found = words.find(str(id))
        if found is not None:
            return procedure.steps[found]
        self.refuse("RK622", procedure=procedure.title, word=id, hint=words.hint(str(id)), known=named(titles))
        return None

    def the_step(self, doing: str, what: Text) -> Step | None:
        """The step that is done by some act: the open one, else the first that is not done; or None and a problem."""
        steps = [step for step in self.at.procedure.steps.values() if step.doing == doing]
        left = [step for step in steps if done_on(self.at, step) is None]
        free = [step for step in left if not waits_for(self.at, step)]
        if not left:
            self.refuse("RK626", what=what)
            return None
        return (free or left)[0]

    def check_goes_on(self, suspended: bool = False) -> None:
        """The item has not ended, and its clock runs (unless the act is one for suspended items too)."""
        if self.at.ended is not None:
            self.refuse("RK620", state=State(self.at.ended).label)
        elif self.at.suspended and not suspended:
            self.refuse("RK621")

    def check_open(self, step: Step, again: bool = False) -> None:
        """A step may be done now, all that it waits for being done; `again`: also where it is done already."""
        done = done_on(self.at, step)
        if done is not None and not again:
            self.refuse("RK624", step=step.title, day=str(done))
        waiting = waits_for(self.at, step)
        if waiting and done is None:
            self.refuse("RK623", step=step.title, steps=listed(s.title for s in waiting))

    # --- who -------------------------------------------------------------------------------------------

    def act_as(self, roles: Sequence[str], unit: str | None = None) -> None:
        """Act in the first of these roles that the account holds for this item; or for a unit, where an office
        enters what a unit does."""
        account = self.account(self.caller.by)
        if account is None:
            return
        held = self.held(account)
        self.body, self.role = self.body_of(account), roles[0]
        mine = [role for role in roles if role in held]
        if mine:
            self.role = mine[0]
        elif RESPONSIBLE in roles and not account.unit:
            self._enter_for(spelled(unit, self.at.units) if unit else self.at.units[0])
        else:
            self.refuse("RK602", want=self.named(roles), account=self.caller.by, held=self.named(held))

    def _enter_for(self, unit: str) -> None:
        self.role, self.for_unit = RESPONSIBLE, unit
        if not self.rules.office.enter_for_units:
            self.refuse("RK604", unit=unit)
        elif not self.caller.evidence:
            self.refuse("RK605", unit=unit)

    def account(self, id: str) -> Account | None:
        """An account of the office, or None and a problem."""
        account = self.rules.office.accounts.get(id)
        if account is None:
            self.refuse("RK600", account=id, hint=hint(id, self.rules.office.accounts))
        return account

    def held(self, account: Account) -> tuple[str, ...]:
        """The roles that an account holds for this item."""
        units = tuple(map(key_of, (self.at.opened.responsible_unit, *self.at.units)))
        return self.rules.office.roles_of_body(account, self.at.facts, units)

    def body_of(self, account: Account) -> str:
        """The body of an account; of one for units that are not listed, the item's own such unit."""
        if account.body != ANY_UNIT:
            return account.body
        own = (self.at.opened.responsible_unit, *self.at.units)
        return next((unit for unit in own if not self.is_listed(unit)), own[0])

    def is_listed(self, unit: str) -> bool:
        """Whether the office lists a unit by its name."""
        return key_of(unit) in self.rules.office.units

    def check_own(self, unit: str | None) -> None:
        """A unit speaks for itself; or, of one unit only, for the one name that is not listed: its Party organisation."""
        if unit is None or self.for_unit is not None or same_unit(unit, self.body):
            return
        others = [name for name in self.at.units if not same_unit(name, self.body)]
        if self.is_listed(unit) or not (len(others) == 1 and same_unit(others[0], unit)):
            self.refuse("RK627", unit=unit, known=Text.same(self.body))

    def named(self, roles: Iterable[str]) -> Text:
        """Roles by their labels."""
        own = self.at.procedure.roles if self.standing is not None else {}
        return listed(own.get(role) or self.rules.roles.get(role) or Text.same(role) for role in roles)

    def body_named(self, body: str) -> Text:
        """A body or unit by its title."""
        known = self.rules.office.bodies.get(body)
        return Text.same(body) if known is None else known.title

    def keep_apart(self, step: Step, whom: str | None = None, role: str | None = None) -> None:
        """The body for which the act is done has no part in this item that it must not have."""
        whom, role = whom or self.for_unit or self.body, role or self.role
        acted = {other for body, other in self.at.acted if same_unit(body, whom)}
        if is_among(whom, (self.at.opened.unit, self.at.opened.responsible_unit, *self.at.units)):
            acted.add(RESPONSIBLE)
        pairs = {pair for pair in self.rules.office.apart if role in pair}
        barred = [*step.apart_from, *(other for pair in pairs for other in pair if other != role)]
        for other in dict.fromkeys(barred):
            if other in acted:
                label = self.named([other])
                why = _IS_IN_ITEM.fill(label=label)
                self.refuse("RK603", body=self.body_named(whom), step=step.title, why=why)

    # --- when ------------------------------------------------------------------------------------------

    def check_day(self, step: Step | None = None) -> None:
        """The act happened no later than today, no earlier than what it comes after, and is not entered too late."""
        on, standing = self.caller.on, self.standing
        if on > self.today:
            self.refuse("RK610", on=str(on), today=str(self.today))
        if standing is not None and on < standing.opened_on:
            self.refuse("RK611", on=str(on), day=str(standing.opened_on))
        if step is not None and standing is not None:
            for name in step.after:
                before = standing.procedure.steps[name]
                day = done_on(standing, before)
                if day is not None and on < day:
                    self.refuse("RK612", on=str(on), step=before.title, day=str(day))
        most = self.rules.office.late_workdays
        self.is_late = self.caller.taken_over or self.rules.workdays.more_than(most, on, self.today)
        if self.is_late and words(self.caller.late) is None:
            self.refuse("RK613", on=str(on), most=most)

    # --- with what -------------------------------------------------------------------------------------

    def check_evidence(self) -> None:
        """No evidence bears a day that is still to come, or one after it came in."""
        for exhibit in self.caller.evidence:
            if exhibit.dated > self.today:
                self._misdated(exhibit, exhibit.dated, Text("今天", "today"))
            elif exhibit.dated > exhibit.got:
                self._misdated(exhibit, exhibit.dated, Text("收到之日", "the day on which it came in"))
            elif exhibit.got > self.today:
                self._misdated(exhibit, exhibit.got, Text("今天", "today"))

    def _misdated(self, exhibit: Exhibit, day: date, what: Text) -> None:
        self.refuse("RK652", name=exhibit.name, day=str(day), what=what)

    def need_reason(self) -> None:
        """A reason is given."""
        if words(self.caller.reason) is None:
            self.refuse("RK630")

    def need_paper(self, what: Text) -> None:
        """At least one paper is attached."""
        if not self.caller.evidence:
            self.refuse("RK637", what=what)


def words(said: str | None) -> str | None:
    """Words without blanks around them; None where there are none."""
    return (said or "").strip() or None


def listed(texts: Iterable[Text]) -> Text:
    """Several texts in a row."""
    given = list(texts)
    if not given:
        return _NOTHING
    return Text("、".join(text.zh for text in given), ", ".join(text.en for text in given))
