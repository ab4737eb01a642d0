"""Figures (指标): what is counted of a ledger, in which unit, and which numbers were published.

Read in this order: `FigureRules` is the whole of a file of figures, `FigureRule` says how one is counted, `Published`
is a row of numbers that somebody has published and that the ledger must give again.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from reformkit.model.basis import Basis
from reformkit.model.node import Node
from reformkit.text import Text

Countable = Literal["items", "letters", "suggestions", "replies", "acceptances", "visits"]
"""Items; letters, as number by recipient; suggestions, each once; answers that were due, by recipient; items by the
first time that they came to acceptance; return visits."""

Column = Literal["reported", "accepted"]
"""What units have reported, or what of it was accepted."""

DIMENSIONS = {
    "layer": Text("层次", "layer"),
    "source": Text("来源", "source"),
    "industry": Text("行业", "industry"),
    "region": Text("地区", "region"),
    "township": Text("镇街", "township"),
    "department": Text("承办部门", "department"),
    "unit": Text("单位", "unit"),
    "responsible_unit": Text("责任单位", "responsible unit"),
}
"""By what figures can be told apart: properties of the item, and what they are called."""


class Where(Node):
    """Which of them count: items of these sources, with an opinion at this step, passed or not; these letters.

    A reply has passed when it came in time, an acceptance when the reform was accepted, a visit when it was found done.
    """

    node: Literal["where"] = "where"
    sources: tuple[str, ...] = ()
    opinion: str | None = None
    passed: bool | None = None
    letters: tuple[str, ...] = ()


class FigureRule(Node):
    """How one figure is counted: so many things, the sum of one kind of result, or the share of two other figures."""

    node: Literal["figure"] = "figure"
    id: str
    title: Text
    count: Countable | None = None
    sum: str | None = None
    share: tuple[str, str] | None = None
    where: Where = Where()
    counter: Text | None = None
    decimals: int = 1
    note: Text | None = None
    basis: Basis | None = None


class Published(Node):
    """Numbers that were published: of the items with these properties, within a period or in all.

    A value is as it was printed: `146`, `72.6%`.
    """

    node: Literal["published"] = "published"
    by: dict[str, tuple[str, ...]] = {}
    period: str | None = None
    column: Column = "reported"
    values: dict[str, str]


class FigureRules(Node):
    """Every figure of a rulebook, and the numbers that were published of them."""

    node: Literal["figures"] = "figures"
    figures: dict[str, FigureRule]
    published: tuple[Published, ...] = ()

    @cached_property
    def results(self) -> dict[str, Text]:
        """The kinds of results that some figure sums, each with what the figure is called."""
        kinds: dict[str, Text] = {}
        for rule in self.figures.values():
            if rule.sum is not None:
                kinds.setdefault(rule.sum, rule.title)
        return kinds
