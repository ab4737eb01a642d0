"""What an office sets beside its reform figures: indicators of integrity (党风廉政建设整体情况) that it states itself."""

from __future__ import annotations

from typing import Literal

from reformkit.model.basis import Basis
from reformkit.model.node import Node
from reformkit.text import Text

GROUPS = ("region", "township", "responsible_unit", "industry", "year")
"""By what a comparison has rows."""

Group = Literal["region", "township", "responsible_unit", "industry", "year"]


class Indicator(Node):
    """One indicator, stated by the office: a number in a unit, or several parts; `sample`: how many were asked is stated too.

    `covers` is the figure of the ledger that the indicator includes, so that it cannot well be smaller.
    """

    node: Literal["indicator"] = "indicator"
    id: str
    title: Text
    unit: Text | None = None
    parts: dict[str, Text] = {}
    sample: bool = False
    covers: str | None = None
    basis: Basis | None = None

    @property
    def is_percentage(self) -> bool:
        """Whether its numbers are percentages."""
        return self.unit is not None and self.unit.zh == "%"


class IntegrityRules(Node):
    """Which indicators stand beside which shares of the figures, by what, and how few are too few to compare.

    `reform` are ids of shares among the figures; a share of fewer than `few` is shown grey.
    """

    node: Literal["integrity"] = "integrity"
    indicators: dict[str, Indicator]
    by: tuple[Group, ...]
    reform: tuple[str, ...] = ()
    few: int = 5
    caption: Text
    basis: Basis | None = None
