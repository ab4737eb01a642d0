"""The fixtures: which hold with what is staged, and of those that fail why, and what would mend them."""

from __future__ import annotations

from dataclasses import dataclass

from reformkit.desk.asking import Ask, Screen
from reformkit.desk.desk import Desk
from reformkit.desk.effect_screen import EffectCard, effect_card
from reformkit.problem import Problem
from reformkit.staging.effect import Effect
from reformkit.testing.failing import tell
from reformkit.testing.fixtures import FixtureReport
from reformkit.text import Text


@dataclass(frozen=True)
class FixtureRow:
    """A fixture; what is told of one that fails, and whether a person has confirmed what it expects."""

    name: str
    passed: bool
    confirmed: bool
    told: tuple[Text, ...]


@dataclass(frozen=True)
class FixturesView:
    """Every fixture, those that fail first."""

    failing: tuple[FixtureRow, ...]
    passing: tuple[FixtureRow, ...]
    problems: tuple[Problem, ...]
    effect: EffectCard


def fixtures_view(desk: Desk, ask: Ask) -> FixturesView:
    """The fixtures as they run with what is staged."""
    ran = desk.ran
    report: FixtureReport = ran if desk.book is desk.before else Effect(desk.before, desk.book).fixtures(ran.results)
    rows = [
        FixtureRow(
            result.fixture.name, result.passed, result.fixture.confirmed, () if result.passed else tuple(tell(result))
        )
        for result in report.results
    ]
    return FixturesView(
        tuple(row for row in rows if not row.passed),
        tuple(row for row in rows if row.passed),
        tuple(dict.fromkeys([*ran.problems, *report.problems]))[:20],
        effect_card(desk),
    )


SCREENS = (
    Screen(
        "/fixtures",
        "fixtures.html",
        fixtures_view,
        Text("测试", "Fixtures"),
        lambda desk: bool(desk.workspace.fixtures()),
        is_slow=True,
    ),
)
