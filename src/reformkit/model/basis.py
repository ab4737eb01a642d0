"""What a rule, a value, a measure or a step rests on."""

from __future__ import annotations

from typing import Literal

from reformkit.model.node import Node
from reformkit.text import Text

BasisKind = Literal["report", "law", "practice", "assumption"]


class Basis(Node):
    """What a rule, a value or a measure rests on. An assumption is shown as one wherever it speaks.

    `ref` names a reference of the library or a document of the rulebook; `clause` one of its clauses;
    `use` says whether it is relied on (依据) or referred to (参照).
    """

    node: Literal["basis"] = "basis"
    kind: BasisKind
    at: Text | None = None
    ref: str | None = None
