"""reformkit: rules as code for 以案促改 (reform through cases).

From what is known of a case: whether reform starts, at which layer, which weak points it shows and which
measures answer them, each with its reason and source, and with what would change it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from reformkit.version import __version__ as __version__

if TYPE_CHECKING:
    from reformkit.assessing.causes import AssessedCause
    from reformkit.assessment import Assessment
    from reformkit.book import Book
    from reformkit.comparing.diff import Diff
    from reformkit.editions import diff
    from reformkit.loading import check, load
    from reformkit.model.case import Case, Finding
    from reformkit.model.decision import Decision, Need
    from reformkit.problem import CaseError, Place, Problem, RulebookError
    from reformkit.session.change import Change
    from reformkit.session.session import Session
    from reformkit.testing.fixtures import FixtureReport, run_fixtures

__all__ = [
    "AssessedCause",
    "Assessment",
    "Book",
    "Case",
    "CaseError",
    "Change",
    "Decision",
    "Diff",
    "Finding",
    "FixtureReport",
    "Need",
    "Place",
    "Problem",
    "RulebookError",
    "Session",
    "check",
    "diff",
    "load",
    "run_fixtures",
]

_HOMES = {
    "assessment": ("Assessment",),
    "book": ("Book",),
    "assessing.causes": ("AssessedCause",),
    "editions": ("diff",),
    "loading": ("check", "load"),
    "model.case": ("Case", "Finding"),
    "model.decision": ("Decision", "Need"),
    "session.change": ("Change",),
    "session.session": ("Session",),
    "comparing.diff": ("Diff",),
    "testing.fixtures": ("FixtureReport", "run_fixtures"),
    "problem": ("CaseError", "Place", "Problem", "RulebookError"),
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
