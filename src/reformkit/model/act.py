"""An act: one thing that was done to an item of reform (促改事项), as one line of the ledger holds it.

The ledger is nothing but acts; what an item has come to is folded from them. Read in this order: `Exhibit`, the
data of each kind, `Entry` (an act before the ledger has numbered it), `Act`.

Long because the closed set of acts stands together: who adds one sees all the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny, model_validator

VERSION = 1
"""The shape of the lines that are written now; `upcast` brings older ones to it."""

Unit = Literal["days", "workdays", "months"]


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Exhibit(_Said):
    """A paper that proves something (佐证), known by the SHA-256 of its bytes.

    `dated` is the day that the paper bears, `got` the day on which it came in; `criteria` are the ids of the
    criteria that it is meant to prove.
    """

    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    name: str
    bytes: int = Field(ge=0)
    dated: date
    got: date
    criteria: tuple[str, ...] = ()


LONGEST: dict[Unit, int] = {"days": 3660, "workdays": 2600, "months": 120}
"""The longest terms, of some ten years: what is longer is a slip of the pen, and would lead out of the calendar."""


class Term(_Said):
    """A length of time: calendar days, workdays or months."""

    unit: Unit
    count: int = Field(ge=0)


class Issue(_Said):
    """A problem found in a unit (问题): its cause, its matter and the fact, as the analysis has them. `unit`: in which,
    where that is not the unit of the item."""

    cause: str
    label: str
    matter: str | None = None
    evidence: str | None = None
    unit: str | None = None


class Criterion(_Said):
    """A criterion of acceptance, in the words that it had when the letter was issued."""

    id: str
    text: str


class Suggestion(_Said):
    """One demand of a letter that can be accepted by itself: `2022-点-014-2`, the second of that item.

    `term` runs from `start` (a step of the procedure, `receipt`, or a fact's name); without one the step's own due
    day holds. `unit` is the one that it is made to where that is not the unit of the item.
    """

    id: str
    text: str
    unit: str | None = None
    measure: str | None = None
    cause: str | None = None
    matter: str | None = None
    issue: str | None = None
    term: Term | None = None
    start: str | None = None
    criteria: tuple[Criterion, ...]


class KeptText(_Said):
    """A text that is kept beside the ledger by its hash: the procedure that an item follows."""

    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    name: str
    bytes: int = Field(ge=0)


class Opened(_Said):
    """An item was opened under a procedure. `case` and `linked` hold its cases; the first is its own.

    `case` is the case as it was assessed (`Case.to_dict()`), None for a source without one; `matter` says then
    what the item is about. `decisions` are the outcomes of that assessment, `assessment` the digest of its receipt.
    """

    procedure: str
    text: KeptText
    source: str
    layer: str | None = None
    case: dict[str, Any] | None = None
    linked: tuple[str, ...] = ()
    matter: dict[str, str] = {}
    unit: str
    responsible_unit: str
    region: str | None = None
    township: str | None = None
    industry: str | None = None
    department: str | None = None
    issues: tuple[Issue, ...] = ()
    suspected: tuple[str, ...] = ()
    decisions: dict[str, str | None] = {}
    assessment: str | None = None

    @property
    def digest(self) -> str:
        """The digest of the procedure's text."""
        return self.text.sha256


class Fact(_Said):
    """Facts of one of the item's cases became known; what is retracted stands as None.

    `issues`, `suspected` and `decisions` are those of the item's own case, as assessed afresh.
    """

    case: str
    facts: dict[str, Any]
    issues: tuple[Issue, ...] = ()
    suspected: tuple[str, ...] = ()
    decisions: dict[str, str | None] = {}


class Opinion(_Said):
    """A gate spoke. `ended` is the state with which the item ends by it, None where it goes on."""

    step: str
    fact: str
    opinion: Literal["passed", "rejected"]
    papers: tuple[str, ...] = ()
    decisions: dict[str, str | None] = {}
    ended: str | None = None


class Done(_Said):
    """A step was done; for one unit where each unit does it. `consent`: the case may stand in the casebook.

    `suggestions` are what was asked of the unit where no letter says it (the feedback of an inspection).
    """

    step: str
    unit: str | None = None
    papers: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    consent: bool = False
    ended: str | None = None


class Issued(_Said):
    """A letter was issued under a number, to one or several recipients. `file` is the file itself, by hash.

    `step` is the step that it belongs to, None for one that belongs to none (a slip that presses).
    """

    step: str | None
    letter: str
    number: str
    series: str
    year: int
    serial: int = Field(ge=1)
    to: tuple[str, ...]
    copies: tuple[str, ...] = ()
    reply_by: date | None = None
    suggestions: tuple[Suggestion, ...] = ()
    file: Exhibit | None = None


class Received(_Said):
    """A unit received a letter. `step`: the step of the procedure that is done by it, if it has one."""

    number: str
    unit: str
    step: str | None = None


class Result(_Said):
    """A number of things that a unit reports to have done (`risk_point`, `institution`, `meeting` …)."""

    what: str
    count: int = Field(ge=1)
    suggestion: str | None = None


class Judged(_Said):
    """A criterion of a suggestion was judged met, or not."""

    suggestion: str
    criterion: str
    met: bool


class Countersigned(_Said):
    """Who accepted beside the person who wrote the act."""

    by: str
    body: str
    role: str


class Accepted(_Said):
    """The reform was accepted by two. `seen` are the hashes of all evidence that they had before them."""

    step: str
    countersigned: Countersigned | None = None
    seen: tuple[str, ...] = ()


class Failed(_Said):
    """Acceptance was refused: the item goes back to a step, due on a new day."""

    step: str
    back_to: str
    due: date
    provisional: bool = False


class Visited(_Said):
    """A return visit. One that is not `ok` sends the item back to a step, and may leave a mark (重启)."""

    step: str
    ok: bool
    back_to: str | None = None
    due: date | None = None
    provisional: bool = False
    mark: str | None = None
    papers: tuple[str, ...] = ()


class Extended(_Said):
    """More time was given for a step: due on `to` instead of `first`."""

    step: str
    days: int = Field(ge=1)
    first: date
    to: date
    provisional: bool = False
    paper: str | None = None


class Suspended(_Said):
    """The clock of the item was stopped."""


class Resumed(_Said):
    """The clock of the item runs again."""


class Pressed(_Said):
    """A unit was pressed to do a step (督办)."""

    step: str


class Escalated(_Said):
    """The item was passed on to the leadership (督办). `after` names the act that led to it."""

    after: str | None = None


class Merged(_Said):
    """The item goes on as a part of another."""

    into: str


class Moved(_Said):
    """The item goes on under another procedure, or under a newer text of its own."""

    procedure: str
    text: KeptText


class Corrected(_Said):
    """What should have stood in the act `seq`: fields of its data, or its day `on`. The old line stays."""

    seq: int
    data: dict[str, Any]


class Voided(_Said):
    """A number was issued in error. It stays used."""

    number: str


class Ended(_Said):
    """The item was ended before its procedure came to an end."""

    state: str = "stopped"


DATA: dict[str, type[_Said]] = {
    "opened": Opened,
    "fact": Fact,
    "opinion": Opinion,
    "done": Done,
    "issued": Issued,
    "received": Received,
    "result": Result,
    "judged": Judged,
    "accepted": Accepted,
    "failed": Failed,
    "visited": Visited,
    "extended": Extended,
    "suspended": Suspended,
    "resumed": Resumed,
    "pressed": Pressed,
    "escalated": Escalated,
    "merged": Merged,
    "moved": Moved,
    "corrected": Corrected,
    "voided": Voided,
    "ended": Ended,
}
"""The closed set of kinds, each with what its data are."""

_KIND = {data: kind for kind, data in DATA.items()}


class Entry(_Said):
    """An act that somebody asks the ledger to write.

    `id` is the caller's: written twice, it is the same act. `on` is the day on which it happened. `by`, `body` and
    `role` are the account, the body that it belongs to and the role in which it acts; `for_unit` is the unit for
    which an office entered it (代录). `late` is the reason of a late entry (补录), None for one that is in time.
    """

    id: str = Field(min_length=1, max_length=100)
    item: str
    on: date
    by: str
    body: str
    role: str
    for_unit: str | None = None
    reason: str | None = None
    late: str | None = None
    evidence: tuple[Exhibit, ...] = ()
    data: SerializeAsAny[_Said]

    @model_validator(mode="before")
    @classmethod
    def _read(cls, said: Any) -> Any:
        if not isinstance(said, Mapping):
            return said
        fields = dict(said)
        kind, data = fields.pop("kind", None), fields.get("data")
        if kind is not None and not isinstance(kind, str):
            raise ValueError("the kind of an act is a word")
        if isinstance(data, Mapping):
            if kind not in DATA:
                raise ValueError(f"no act is of the kind {kind!r}")
            fields["data"] = DATA[kind].model_validate(data)
        elif kind is not None and type(data) is not DATA.get(kind):
            raise ValueError(f"the data are not those of the kind {kind!r}")
        return fields

    @property
    def kind(self) -> str:
        """The kind of the act, by which its data are read."""
        return _KIND[type(self.data)]

    @property
    def for_whom(self) -> str:
        """The unit or body for which it was done: the unit where an office entered it for one."""
        return self.for_unit or self.body

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON. What is None is left out."""
        return {"kind": self.kind, **self.model_dump(mode="json", exclude_none=True)}


class Act(Entry):
    """An act as the ledger has it: number in the ledger, number in its item, and the moment of writing.

    >>> from datetime import date, datetime, timezone
    >>> act = Act(id="a", item="2022-点-001", on=date(2022, 3, 4), by="0017", body="ajs", role="coordinator",
    ...           seq=1, n=1, at=datetime(2022, 3, 4, 9, tzinfo=timezone.utc), data=Resumed())
    >>> act.to_dict()["kind"], Act.read(act.to_dict()) == act
    ('resumed', True)
    """

    v: int = VERSION
    seq: int = Field(ge=1)
    n: int = Field(ge=1)
    at: datetime

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Self:
        """An act from plain data of any version. Raises ValueError (pydantic's) for what is none."""
        return cls.model_validate(upcast(said))

    @classmethod
    def numbered(cls, entry: Entry, seq: int, n: int, at: datetime) -> Self:
        """An entry with the numbers and the moment that the ledger gives it."""
        fields = {name: getattr(entry, name) for name in Entry.model_fields}
        return cls(**fields, seq=seq, n=n, at=at)


def upcast(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """The plain data of an act in the shape that is written now. Raises ValueError for a later one."""
    version = said.get("v", VERSION)
    if not isinstance(version, int) or version > VERSION:
        raise ValueError(f"acts of version {version} are later than this reformkit, which writes {VERSION}")
    return said
