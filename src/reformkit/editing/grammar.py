"""What may stand where in each kind of file, put together from the reader's own keys and words.

The editor's schema, `fmt` and `new` are made from it. The order of a record's keys is the order of the house.

Long because every kind of file stands in it, one record after another; there is nothing in it to understand twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from reformkit.editing.key_notes import note
from reformkit.intake.findings import FINDING
from reformkit.model.letter import SOURCES_OF_ITEMS
from reformkit.reading import keywords
from reformkit.reading.checks import CHECK, DATES
from reformkit.reading.choices import ITEM, OUTCOME
from reformkit.reading.decisions import DECISION, OTHERWISE, PART, RULE
from reformkit.reading.figures import BY, FIGURE, FIGURES, INDICATOR, INTEGRITY, PUBLISHED
from reformkit.reading.figures import WHERE as FIGURE_WHERE
from reformkit.reading.keywords import Keys
from reformkit.reading.letters import CITATION as LETTER_CITATION
from reformkit.reading.letters import KIND, LETTERS, NAME, ORIGINS, PLACEHOLDER, SET, WORDING
from reformkit.reading.library import CAUSE, CAUSES, CLAUSE, REFERENCE, REFERENCES, WEAK_POINT
from reformkit.reading.measures import CITATION, EDGE, HOLDER, MEASURE, MEASURES, VARIANT
from reformkit.reading.office import ACCOUNT, BODY, CALENDAR, CODE, DAY_SAID, EVIDENCE, LATE, OFFICE, UNIT
from reformkit.reading.parameters import BASIS, PARAMETER, PARAMETERS, VALUE
from reformkit.reading.procedures import DEFAULTS, FOR, LIMIT, MONTHLY, PROCEDURE, PROCEDURES, REVIEW
from reformkit.reading.rulebook import DOCUMENT, ROLE, ROLE_OF_SOURCE, RULEBOOK
from reformkit.reading.signals import SIGNAL, SIGNALS
from reformkit.reading.steps import DUE, ELSEWHERE, ON_FAILED, ON_REJECTED, STEP, TERM
from reformkit.reading.vocabulary import DERIVED, FIELD, VOCABULARY
from reformkit.text import Text


@dataclass(frozen=True, slots=True)
class Plain:
    """One scalar: `text` (or `{zh, en}`), `words` of one language, an `id`, a `day`, a `count`, a `flag`, a `window`,
    a value that is `given` with an outcome (a number or words)."""

    kind: Literal["text", "words", "id", "day", "count", "flag", "window", "given"]


@dataclass(frozen=True, slots=True)
class Fixed:
    """One of a position's fixed words."""

    words: Mapping[str, str]


Table = Literal["fact", "stated fact", "library fact", "decision", "cause", "weak point", "reference"]
"""What a word may name: facts for rules, facts that a case states, facts for measures, and parts of the library."""


@dataclass(frozen=True, slots=True)
class Name:
    """The id or label of something that stands in one of the tables; `fixed`: as it is written in either language."""

    table: Table
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class ValueOf:
    """A value of a fact that is known beforehand; any words, if the vocabulary has no such fact."""

    fact: str


@dataclass(frozen=True, slots=True)
class OutcomeWord:
    """An outcome of the decision whose file it is."""


@dataclass(frozen=True, slots=True)
class CountedWord:
    """`cases`, or `distinct` and a fact."""


@dataclass(frozen=True, slots=True)
class ConditionShape:
    """Facts with their tests."""

    facts: Table


@dataclass(frozen=True, slots=True)
class Each:
    """A list."""

    item: Shape
    least: int = 0


@dataclass(frozen=True, slots=True)
class ById:
    """A mapping from ids; `key` says what the ids name, if they are not made here. `named`: from names of any kind."""

    entry: Shape
    key: Name | None = None
    least: int = 0
    named: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with fixed keys; `holds` says what stands under each."""

    keys: Keys
    holds: Mapping[str, Shape]
    words: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.words:
            object.__setattr__(self, "words", keywords.with_chinese(tuple(self.holds)))

    def note(self, key: str) -> Text:
        """What a key is for."""
        return note(self.keys, key)


@dataclass(frozen=True, slots=True)
class TextOr:
    """A text in two languages, or a record: a mapping is one if it has the record's first key."""

    record: Record


@dataclass(frozen=True, slots=True)
class ByKind:
    """What may stand in a place by the kind of node that it is; None: not of that kind."""

    scalar: Shape | None = None
    sequence: Shape | None = None
    mapping: Shape | None = None


@dataclass(frozen=True, slots=True)
class CaseShape:
    """The facts of a case with its findings; a fixture has more."""

    fixture: bool = False


@dataclass(frozen=True, slots=True)
class ExpectedShape:
    """What is expected of a fixture."""


Shape = (
    Plain
    | Fixed
    | Name
    | ValueOf
    | OutcomeWord
    | CountedWord
    | ConditionShape
    | Each
    | ById
    | Record
    | TextOr
    | ByKind
    | CaseShape
    | ExpectedShape
)

TEXT, WORDS, ID, DAY, COUNT, FLAG = (Plain(k) for k in ("text", "words", "id", "day", "count", "flag"))

_BASIS = Record(BASIS, {"kind": Fixed(keywords.BASIS_KINDS), "ref": ID, "at": TEXT})
_LABELLED = Record(ITEM, {"label": TEXT, "group": ID, "note": TEXT, "category": TEXT, "was": Each(TEXT)})
ITEMS = ByKind(sequence=Each(ID), mapping=ById(TextOr(_LABELLED)))
_OUTCOME = Record(
    OUTCOME,
    {"label": TEXT, "gives": ById(Plain("given")), "group": ID, "note": TEXT, "category": TEXT, "was": Each(TEXT)},
)
_OUTCOMES = ByKind(scalar=Name("library fact"), sequence=Each(ID, least=1), mapping=ById(TextOr(_OUTCOME), least=1))
_REASON: dict[str, Shape] = {"then": OutcomeWord(), "because": TEXT, "basis": _BASIS}
RULE_SHAPE = Record(
    RULE,
    {
        "id": ID,
        "enabled": FLAG,
        "title": TEXT,
        "when": ConditionShape("fact"),
        **_REASON,
        "since": DAY,
        "until": DAY,
    },
)
_DECISION = Record(
    DECISION,
    {
        "decision": ID,
        "title": TEXT,
        "hit": Fixed(keywords.HITS),
        "outcomes": _OUTCOMES,
        "rules": Each(RULE_SHAPE),
        "rules_from": Each(WORDS),
        "otherwise": ByKind(
            scalar=OutcomeWord(),
            sequence=Each(OutcomeWord(), least=1),
            mapping=Record(
                OTHERWISE,
                {**_REASON, "then": ByKind(scalar=OutcomeWord(), sequence=Each(OutcomeWord(), least=1))},
            ),
        ),
    },
)
_PART = Record(PART, {"basis": _BASIS, "since": DAY, "until": DAY, "rules": Each(RULE_SHAPE)})
_SOURCES = Each(Fixed(keywords.with_chinese(SOURCES_OF_ITEMS)))
_ROLE = Record(
    ROLE,
    {
        "label": TEXT,
        "duty": TEXT,
        "held_by": Each(TEXT),
        "basis": _BASIS,
        "source": _SOURCES,
        "by_source": Each(Record(ROLE_OF_SOURCE, {"source": _SOURCES, "duty": TEXT, "held_by": Each(TEXT)})),
    },
)
_RULEBOOK = Record(
    RULEBOOK,
    {
        "name": ID,
        "version": WORDS,
        "language": WORDS,
        "title": TEXT,
        "authority": TEXT,
        "vocabulary": WORDS,
        "measures": WORDS,
        "documents": ById(Record(DOCUMENT, {"title": TEXT, "note": TEXT})),
        "roles": ById(_ROLE),
    },
)
_VALUE = Record(VALUE, {"value": WORDS, "since": DAY, "until": DAY, "basis": _BASIS})
_PARAMETERS = Record(
    PARAMETERS, {"parameters": ById(Record(PARAMETER, {"label": TEXT, "values": Each(_VALUE, least=1)}))}
)
_SIGNAL = Record(
    SIGNAL,
    {
        "label": TEXT,
        "count": CountedWord(),
        "share": ConditionShape("stated fact"),
        "same": Each(Name("stated fact")),
        "within": Plain("window"),
        "side": Fixed(keywords.SIDES),
        "sharing": Name("stated fact"),
        "where": ConditionShape("stated fact"),
        "basis": _BASIS,
    },
)
_FIELD = Record(
    FIELD,
    {
        "type": Fixed(keywords.FIELD_TYPES),
        "of_finding": FLAG,
        "places": COUNT,
        "min": WORDS,
        "max": WORDS,
        "of": WORDS,
        "personal": FLAG,
        "label": TEXT,
        "ask": TEXT,
        "derived": Record(
            DERIVED,
            {"same_year": ID, "days_since": ID, "group_of": ID, "findings": Fixed(keywords.FINDING_PARTS)},
        ),
        "values": ITEMS,
    },
)
_DATES = Record(DATES, {"case": Each(Name("stated fact")), "assessed": Name("stated fact")})
_CHECK = Record(
    CHECK,
    {
        "before": Each(Name("stated fact"), least=2),
        "years": ById(Each(COUNT, least=2), key=Name("stated fact")),
        "never": ConditionShape("stated fact"),
    },
)
_CAUSES = Record(
    CAUSES,
    {
        "weak_points": ById(Record(WEAK_POINT, {"label": TEXT, "category": TEXT})),
        "causes": ById(
            Record(
                CAUSE,
                {"label": TEXT, "group": Name("weak point", fixed=True), "note": TEXT, "was": Each(TEXT)},
            )
        ),
    },
)
_CLAUSE = Record(
    CLAUSE,
    {
        "document": TEXT,
        "at": TEXT,
        "quote": TEXT,
        "gist": TEXT,
        "checked": Fixed(keywords.CHECKED),
        "since": DAY,
        "since_note": TEXT,
        "until": DAY,
    },
)
_REFERENCE = Record(
    REFERENCE,
    {
        "title": TEXT,
        "issuer": TEXT,
        "history": TEXT,
        "checked": Fixed(keywords.CHECKED),
        "citable": FLAG,
        "uncited": FLAG,
        "note": TEXT,
        "clauses": ById(_CLAUSE),
    },
)
_CITATION = Record(
    CITATION,
    {
        "ref": Name("reference"),
        "clause": WORDS,
        "use": Fixed(keywords.USES),
        "kind": Fixed(keywords.CITED_KINDS),
        "at": TEXT,
        "cause": Each(Name("cause")),
        "when": ConditionShape("library fact"),
    },
)
_VARIANT = Record(
    VARIANT,
    {
        "cause": Each(Name("cause")),
        "matter": Each(ValueOf("matter")),
        "industry": Each(ValueOf("industry")),
        "unit_kind": Each(ValueOf("unit_kind")),
        "text": TEXT,
        "accept": Each(TEXT),
        "lead": TEXT,
        "evidence": Each(TEXT),
    },
)
_HOLDER = Record(
    HOLDER,
    {
        "unit_kind": Each(ValueOf("unit_kind")),
        "industry": Each(ValueOf("industry")),
        "lead": TEXT,
        "evidence": Each(TEXT),
    },
)
_EDGE = Record(EDGE, {"as": Fixed(keywords.ROLES), "when": ConditionShape("library fact"), "why": TEXT})
_MEASURE = Record(
    MEASURE,
    {
        "title": TEXT,
        "text": TEXT,
        "addresses": ById(_EDGE, key=Name("cause")),
        "variants": Each(_VARIANT),
        "by_unit": Each(_HOLDER),
        "layers": Each(ID),
        "practices": ById(TEXT),
        "lead": TEXT,
        "due_days": COUNT,
        "from": Fixed(keywords.STARTS),
        "accept": Each(TEXT),
        "evidence": Each(TEXT),
        "serves": Each(Fixed(keywords.SERVES)),
        "basis": Each(_CITATION),
    },
)
_WORD_OR_WORDS = ByKind(scalar=WORDS, sequence=Each(WORDS))
_NEED = Fixed(keywords.NEEDS)
_NEEDS = ByKind(scalar=_NEED, sequence=Each(_NEED))
_FACTS = ByKind(scalar=Name("fact"), sequence=Each(Name("fact")))
_LENGTH: dict[str, Shape] = {"days": WORDS, "workdays": WORDS, "months": WORDS}
_LIMIT = Record(LIMIT, {"role": WORDS, "times": COUNT, "at_most": COUNT, "needs": _NEEDS})
_DUE = Record(
    DUE,
    {**_LENGTH, "from": WORDS, "same": WORDS, "before": Name("fact"), "each": Fixed(keywords.EACH)},
)
_STEP = Record(
    STEP,
    {
        "title": TEXT,
        "role": _WORD_OR_WORDS,
        "to": WORDS,
        "after": _WORD_OR_WORDS,
        "act": Fixed(keywords.DOINGS),
        "opinion": Name("fact"),
        "letter": _WORD_OR_WORDS,
        "results": FLAG,
        "papers": _WORD_OR_WORDS,
        "needs": _NEEDS,
        "apart_from": _WORD_OR_WORDS,
        "due": _DUE,
        "elsewhere": Each(Record(ELSEWHERE, {"due": _DUE, "at": TEXT})),
        "on_rejected": Record(
            ON_REJECTED, {"end": Fixed(keywords.ENDS), "if_startup": _WORD_OR_WORDS, "needs": _NEEDS}
        ),
        "on_failed": Record(
            ON_FAILED,
            {
                "back_to": WORDS,
                "due": Record(TERM, _LENGTH),
                "times": COUNT,
                "then": Fixed(keywords.THEN),
                "marks": ID,
            },
        ),
        "optional": FLAG,
        "each": Fixed(keywords.EACH),
        "end": Fixed(keywords.ENDS),
        "basis": _BASIS,
    },
)
_PROCEDURE = Record(
    PROCEDURE,
    {
        "title": TEXT,
        "mark": ID,
        "for": Record(FOR, {"source": WORDS, "opened_as": ID}),
        "roles": ById(TEXT),
        "steps": ById(_STEP),
        "review": Record(REVIEW, {"when": Name("fact"), "asks": _FACTS}),
        "basis": _BASIS,
    },
)
_PROCEDURES = Record(
    PROCEDURES,
    {
        "defaults": Record(DEFAULTS, {"basis": _BASIS}),
        "extend": _LIMIT,
        "suspend": _LIMIT,
        "dispatch": Record(MONTHLY, {"workday": COUNT, "role": WORDS, "basis": _BASIS}),
        "papers": ById(TEXT),
        "procedures": ById(_PROCEDURE),
    },
)
_OFFICE = Record(
    OFFICE,
    {
        "office": WORDS,
        "region": WORDS,
        "code": Record(CODE, dict.fromkeys(keywords.CODES, WORDS)),
        "enter_for_units": FLAG,
        "bodies": ById(
            Record(
                BODY, {"title": TEXT, "holds": _WORD_OR_WORDS, "for": ConditionShape("stated fact"), "contact": TEXT}
            )
        ),
        "units": ById(Record(UNIT, {"holds": _WORD_OR_WORDS, "accounts": _WORD_OR_WORDS}), named=True),
        "accounts": ById(Record(ACCOUNT, {"body": WORDS}), named=True),
        "apart": Each(Each(WORDS)),
        "late_entry": Record(LATE, {"workdays": COUNT}),
        "numbering": Fixed(keywords.NUMBERINGS),
        "evidence": Record(EVIDENCE, {"folder": WORDS, "most_mb": COUNT}),
    },
)
_LETTER_BASIS = Each(Record(LETTER_CITATION, {"ref": WORDS, "clause": WORDS, "use": Fixed(keywords.USES), "at": TEXT}))
_LETTER = Record(
    KIND,
    {
        "title": TEXT,
        "sent_by": _WORD_OR_WORDS,
        "sent_to": _WORD_OR_WORDS,
        "party": FLAG,
        "name": WORDS,
        "sheet": Fixed(keywords.SHEETS),
        "series": WORDS,
        "template": WORDS,
        "reply": FLAG,
        "subject": TEXT,
        "reason": TEXT,
        "legal_basis": _LETTER_BASIS,
        "objection": TEXT,
        "consequences": TEXT,
        "consequences_basis": _LETTER_BASIS,
        "basis": _BASIS,
    },
)
_PLACEHOLDER = Record(
    PLACEHOLDER,
    {
        "of": Fixed(keywords.LETTER_SOURCES),
        "optional": FLAG,
        "parts": ById(Fixed(keywords.LETTER_PARTS)),
        "ask": TEXT,
    },
)
_LETTERS = Record(
    LETTERS,
    {
        "sets": ById(Record(SET, {"title": TEXT, "members": _WORD_OR_WORDS, "basis": _BASIS})),
        "names": ById(Record(NAME, {"head": TEXT, "seal": TEXT, "basis": _BASIS})),
        "origins": Record(ORIGINS, dict.fromkeys(ORIGINS.may, TEXT)),
        "wording": Record(WORDING, dict.fromkeys(WORDING.may, TEXT)),
        "letters": ById(_LETTER),
        "placeholders": ById(_PLACEHOLDER),
    },
)
_DAYS = ByKind(scalar=WORDS, mapping=ById(Record(DAY_SAID, {"work": FLAG, "note": TEXT}), named=True))
_CALENDAR = Record(CALENDAR, {"known_until": DAY, "days": _DAYS, "local": _DAYS})
FINDING_SHAPE = Record(
    FINDING,
    {
        "cause": ValueOf("causes"),
        "matter": ValueOf("matter"),
        "evidence": WORDS,
        "unit": WORDS,
        "unit_kind": ValueOf("unit_kind"),
        "industry": ValueOf("industry"),
    },
)

OF_FIXTURES: dict[str, Shape] = {
    "name": WORDS,
    "confirmed": FLAG,
    "as_of": DAY,
    "letter_on": DAY,
    "history": Each(CaseShape()),
    "expect": ExpectedShape(),
}
"""What stands under the keys that a fixture has beside its case."""

_FIGURE = Record(
    FIGURE,
    {
        "title": TEXT,
        "count": Fixed(keywords.COUNTABLE),
        "sum": ID,
        "share": _WORD_OR_WORDS,
        "where": Record(
            FIGURE_WHERE, {"source": _WORD_OR_WORDS, "opinion": WORDS, "passed": FLAG, "letter": _WORD_OR_WORDS}
        ),
        "counter": TEXT,
        "decimals": COUNT,
        "note": TEXT,
        "basis": _BASIS,
    },
)
_PUBLISHED = Record(
    PUBLISHED,
    {
        "by": Record(BY, dict.fromkeys(BY.may, _WORD_OR_WORDS)),
        "period": WORDS,
        "column": Fixed(keywords.COLUMNS),
        "values": ById(WORDS, named=True),
    },
)

_INDICATOR = Record(
    INDICATOR,
    {"title": TEXT, "counter": TEXT, "parts": ById(TEXT), "sample": FLAG, "covers": WORDS, "basis": _BASIS},
)
_INTEGRITY = Record(
    INTEGRITY,
    {
        "indicators": ById(_INDICATOR),
        "by": Each(Fixed(keywords.GROUPS)),
        "reform": Each(WORDS),
        "few": COUNT,
        "caption": TEXT,
        "basis": _BASIS,
    },
)

FILES: dict[str, Shape] = {
    "decision": _DECISION,
    "rules": _PART,
    "rulebook": _RULEBOOK,
    "parameters": _PARAMETERS,
    "signals": Record(SIGNALS, {"signals": ById(_SIGNAL)}),
    "vocabulary": Record(
        VOCABULARY,
        {
            "dates": _DATES,
            "unknown_words": Each(WORDS),
            "carried": Each(WORDS),
            "checks": Each(_CHECK),
            "fields": ById(_FIELD),
        },
    ),
    "causes": _CAUSES,
    "references": Record(REFERENCES, {"references": ById(_REFERENCE)}),
    "measures": Record(MEASURES, {"weak_point": Name("weak point"), "measures": ById(_MEASURE)}),
    "procedure": _PROCEDURES,
    "letters": _LETTERS,
    "figures": Record(FIGURES, {"figures": ById(_FIGURE), "expect": Each(_PUBLISHED)}),
    "integrity": _INTEGRITY,
    "office": _OFFICE,
    "calendar": _CALENDAR,
    "cases": ByKind(sequence=Each(CaseShape()), mapping=CaseShape()),
    "fixtures": ByKind(sequence=Each(CaseShape(fixture=True)), mapping=CaseShape(fixture=True)),
}
"""Each kind of file, and what it says."""
