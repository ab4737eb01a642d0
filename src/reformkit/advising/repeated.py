"""What a library says again and again, kept beside it: phrases, bases, and the plain data of recommendations."""

from __future__ import annotations

from reformkit.advising.citing import Citing
from reformkit.advising.phrasing import WORDED_BY, Phrasing
from reformkit.model.library import Library
from reformkit.model.mould import Moulds


class Repeated:
    """Made once for a library; none of it is anyone's to change."""

    def __init__(self, library: Library) -> None:
        self.citing = Citing(library)
        self.phrasing = Phrasing()
        self.asked = tuple(sorted(self.citing.asked | set(WORDED_BY)))
        """The facts of a case on which citations and wording depend."""
        self.moulds = Moulds()
