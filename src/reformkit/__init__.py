"""reformkit: rules as code for 以案促改 (reform through cases).

From what is known of a case: whether reform starts, at which layer, which weak points it shows and which
measures answer them, each with its reason and source, and with what would change it.
"""

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

from reformkit.version import __version__ as __version__

if TYPE_CHECKING:
    from reformkit.advising.ordering import RecommendationOrder
    from reformkit.advising.recommend import Recommendation
    from reformkit.assessing.causes import AssessedCause
    from reformkit.assessing.history import CaseCounter
    from reformkit.assessing.replaying import Replay
    from reformkit.assessment import Assessment
    from reformkit.book import Book
    from reformkit.comparing.diff import Diff
    from reformkit.deciding.signals import Count
    from reformkit.editions import diff
    from reformkit.files.opening import CaseFile
    from reformkit.files.other_kinds import TableReader
    from reformkit.importing.models import import_dmn
    from reformkit.importing.result import ImportChange, ImportResult
    from reformkit.importing.taking import import_workbook
    from reformkit.ledger.item import Item
    from reformkit.ledger.ledger import Ledger
    from reformkit.ledger.letter import Letter
    from reformkit.ledger.office import Office
    from reformkit.loading import check, check_template, load
    from reformkit.model.case import Case, Finding
    from reformkit.model.decision import Decision, Flip, Need, RuleTrace, Status, TestTrace, Trace, WithoutBookError
    from reformkit.model.evidence import Evidence
    from reformkit.model.gives import Bounds, CollectedGives
    from reformkit.model.library import Library, Measure
    from reformkit.model.rulebook import Rulebook
    from reformkit.model.telling import Telling
    from reformkit.pages.year import Year
    from reformkit.problem import (
        CaseError,
        LedgerError,
        LetterError,
        Place,
        Problem,
        RefusedError,
        RulebookError,
        TableError,
    )
    from reformkit.schemas.records import (
        AssessmentData,
        DecisionData,
        NeedData,
        ProblemData,
        RecommendationData,
    )
    from reformkit.session.change import Change
    from reformkit.session.session import Session
    from reformkit.testing.fixtures import FixtureReport, run_fixtures
    from reformkit.text import Text

logging.getLogger("reformkit").addHandler(logging.NullHandler())  # whoever wants to hear it says so

__all__ = [
    "AssessedCause",
    "Assessment",
    "AssessmentData",
    "Book",
    "Bounds",
    "Case",
    "CaseCounter",
    "CaseError",
    "CaseFile",
    "Change",
    "CollectedGives",
    "Count",
    "Decision",
    "DecisionData",
    "Diff",
    "Evidence",
    "Finding",
    "FixtureReport",
    "Flip",
    "ImportChange",
    "ImportResult",
    "Item",
    "Ledger",
    "LedgerError",
    "Letter",
    "LetterError",
    "Library",
    "Measure",
    "Need",
    "NeedData",
    "Office",
    "Place",
    "Problem",
    "ProblemData",
    "Recommendation",
    "RecommendationData",
    "RecommendationOrder",
    "RefusedError",
    "Replay",
    "RuleTrace",
    "Rulebook",
    "RulebookError",
    "Session",
    "Status",
    "TableError",
    "TableReader",
    "Telling",
    "TestTrace",
    "Text",
    "Trace",
    "WithoutBookError",
    "Year",
    "check",
    "check_template",
    "diff",
    "import_dmn",
    "import_workbook",
    "load",
    "run_fixtures",
]

_HOMES = {
    "advising.ordering": ("RecommendationOrder",),
    "advising.recommend": ("Recommendation",),
    "assessing.causes": ("AssessedCause",),
    "assessing.history": ("CaseCounter",),
    "assessing.replaying": ("Replay",),
    "assessment": ("Assessment",),
    "book": ("Book",),
    "comparing.diff": ("Diff",),
    "deciding.signals": ("Count",),
    "editions": ("diff",),
    "files.opening": ("CaseFile",),
    "files.other_kinds": ("TableReader",),
    "importing.models": ("import_dmn",),
    "importing.result": ("ImportChange", "ImportResult"),
    "importing.taking": ("import_workbook",),
    "loading": (
        "check",
        "check_template",
        "load",
    ),
    "model.case": (
        "Case",
        "Finding",
    ),
    "model.decision": (
        "Decision",
        "Flip",
        "Need",
        "RuleTrace",
        "Status",
        "TestTrace",
        "Trace",
        "WithoutBookError",
    ),
    "model.gives": (
        "Bounds",
        "CollectedGives",
    ),
    "model.library": (
        "Library",
        "Measure",
    ),
    "model.rulebook": ("Rulebook",),
    "model.telling": ("Telling",),
    "ledger.item": ("Item",),
    "ledger.ledger": ("Ledger",),
    "ledger.letter": ("Letter",),
    "model.evidence": ("Evidence",),
    "pages.year": ("Year",),
    "ledger.office": ("Office",),
    "problem": (
        "CaseError",
        "LedgerError",
        "LetterError",
        "Place",
        "Problem",
        "RefusedError",
        "RulebookError",
        "TableError",
    ),
    "schemas.records": (
        "AssessmentData",
        "DecisionData",
        "NeedData",
        "ProblemData",
        "RecommendationData",
    ),
    "session.change": ("Change",),
    "session.session": ("Session",),
    "testing.fixtures": (
        "FixtureReport",
        "run_fixtures",
    ),
    "text": ("Text",),
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used: the import itself stays cheap."""
    for home, names in _HOMES.items():
        if name in names:
            value = globals()[name] = getattr(import_module(f"reformkit.{home}"), name)
            return value
    raise AttributeError(f"module 'reformkit' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
