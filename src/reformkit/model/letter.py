"""Letters (文书): which there are, who sends them to whom in whose name, and what their templates may name.

Read in this order: `Letters` is the whole of a file of letters, `LetterKind` one letter, `Placeholder` one name that a
template may use; `SOURCES` lists what a placeholder may be filled from, and of what shape that is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reformkit.model.basis import Basis
from reformkit.model.library import Citation
from reformkit.model.node import Node
from reformkit.text import Text

SheetForm = Literal["head", "letter", "form"]
"""The layout of a letter: an official document with a red head (文件), an official letter (信函), or a form (表)."""

Shape = Literal["words", "day", "list"]
"""One text; a day; a list of texts."""

ISSUE = {"cause": "words", "direction": "words", "finding": "words", "said": "words"}
SUGGESTION = {
    "id": "words",
    "measure": "words",
    "text": "words",
    "responsible": "words",
    "due": "words",
    "criteria": "list",
    "evidence": "list",
    "judged": "words",
    "said": "words",
}

DISPATCHED = dict.fromkeys(("section", "item", "unit", "step", "holder", "first", "on", "note"), "words")

SOURCES: dict[str, Shape | Mapping[str, str]] = {
    "head": "words",
    "seal": "words",
    "office": "words",
    "title": "words",
    "number": "words",
    "subject": "words",
    "matter": "words",
    "recipient": "words",
    "copies": "list",
    "reason": "words",
    "issues": ISSUE,
    "suggestions": SUGGESTION,
    "legal_basis": "words",
    "reply_by": "day",
    "objection": "words",
    "consequences": "words",
    "enclosures": "list",
    "signed_by": "words",
    "contact": "words",
    "body": "words",
    "issued_on": "day",
    "item": "words",
    "case": "words",
    "unit": "words",
    "summary": "words",
    "opinion": "words",
    "opinion_reason": "words",
    "layer": "words",
    "overdue": "words",
    "served": "list",
    "received_on": "day",
    "checked_on": "day",
    "result": "words",
    "dispatched_on": "day",
    "next_dispatch": "day",
    "counts": "list",
    "rows": DISPATCHED,
    "anchor": "words",
}
"""What placeholders are filled from: one text, a day, a list of texts, or a list of entries with these parts."""

GIVEN_AT_ISSUE = ("number", "issued_on")
"""What is known only when a letter is issued."""

WORDING = {
    "issue": ("finding", "cause", "direction"),
    "issue_bare": ("cause", "direction"),
    "suggestion": ("text",),
    "responsible": ("responsible",),
    "due": ("due",),
}
"""The sentences that entries of lists are put into, with the blanks that each may have."""

BLANKS = ("office", "unit", "case", "item", "matter", "title", "reply_by", "origin", "source_name", "clauses")
"""What the other wording of letters may leave to be filled, in braces."""

SOURCES_OF_ITEMS = ("case", "special", "feedback", "inspection")
"""Where an item of reform may come from; the wording of a letter's origin is given for each."""


class LetterSet(Node):
    """Letters that one step may send, together or one of them (“三书”); which they are is the office's to say."""

    node: Literal["letter_set"] = "letter_set"
    id: str
    title: Text
    members: tuple[str, ...] = ()
    basis: Basis | None = None


class IssuingName(Node):
    """In whose name letters go out: what stands at the head, and what is sealed at the end."""

    node: Literal["issuing_name"] = "issuing_name"
    id: str
    head: Text
    seal: Text
    basis: Basis | None = None


class Placeholder(Node):
    """A name that templates use, what fills it, and the question to ask where that is not known.

    `parts`: the names of the parts of each entry, where `of` is a list of entries. `optional`: it may be left out,
    and templates ask for it with `if`.
    """

    node: Literal["placeholder"] = "placeholder"
    name: str
    of: str
    ask: Text | None = None
    optional: bool = False
    parts: dict[str, str] = {}

    @property
    def shape(self) -> Shape | Mapping[str, str]:
        """What stands under the name: for entries, the shape of each part by the part's own name."""
        source = SOURCES[self.of]
        if isinstance(source, str):
            return source
        return {name: source[part] for name, part in self.parts.items()}


class LetterKind(Node):
    """One kind of letter: who sends it to whom, its layout, series and template, and its standing words.

    `party`: it goes to Party organisations only. `reply`: an answer in writing is asked for.
    """

    node: Literal["letter_kind"] = "letter_kind"
    id: str
    title: Text
    sent_by: tuple[str, ...] = ()
    sent_to: tuple[str, ...] = ()
    party: bool = False
    name: str | None = None
    sheet: SheetForm
    series: str | None = None
    template: str
    reply: bool = False
    subject: Text | None = None
    reason: Text | None = None
    objection: Text | None = None
    consequences: Text | None = None
    legal_basis: tuple[Citation, ...] = ()
    consequences_basis: tuple[Citation, ...] = ()
    basis: Basis | None = None


class Letters(Node):
    """Everything that a file of letters says; `folder` is where its templates stand."""

    node: Literal["letters"] = "letters"
    folder: str
    sets: dict[str, LetterSet] = {}
    names: dict[str, IssuingName] = {}
    origins: dict[str, Text] = {}
    wording: dict[str, Text] = {}
    kinds: dict[str, LetterKind] = {}
    placeholders: dict[str, Placeholder] = {}

    def template_of(self, kind: LetterKind) -> Path:
        """The file of a letter's template."""
        return Path(self.folder, kind.template)

    def members(self, id: str) -> tuple[str, ...]:
        """The kinds of letter that an id stands for: one kind, or those of a set."""
        return self.sets[id].members if id in self.sets else (id,)


@dataclass(frozen=True, slots=True)
class Blank:
    """What a letter needs and nobody has said yet, with the question to ask."""

    field: str
    question: Text
