"""A YAML file in the format of the house and in the language that is wanted; its meaning stays, or nothing is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from unicodedata import normalize

from reformkit.editing.grammar import FILES
from reformkit.editing.layout import laid_out
from reformkit.editing.spans import Odd, Span, SpanScalar, comments, spans
from reformkit.editing.spans import SpanMapping as Map
from reformkit.editing.spelling import Word
from reformkit.editing.tables import Tables
from reformkit.editing.words import Walker
from reformkit.model.vocabulary import Choice
from reformkit.reading import keywords
from reformkit.text import Lang

Outcomes = Mapping[str, Choice]


class Unsafe(Exception):
    """The new text would not say the same as the old one."""


def formatted(text: str, kind: str, tables: Tables, to: Lang | None = None) -> str:
    r"""The text of a file without errors in the format of the house; lines end with `\n`.

    `to` writes its words as ids and English keys (`en`) or as labels and Chinese keys (`zh`); None leaves them.
    Raises Unsafe where that cannot be done without changing what the file says.
    """
    root = spans(text)
    if root is None:
        return text
    before = _Said(root, kind, tables, to)
    spelt = before.spelt(text)
    new_root = spans(spelt)
    assert new_root is not None
    after = _Said(new_root, kind, tables, to)
    try:
        new = laid_out(spelt, new_root, after.order())
    except Odd:
        new = spelt
    last_root = spans(new)
    if last_root is None or before.meaning() != _Said(last_root, kind, tables, to).meaning():
        raise Unsafe
    if sorted(comments(text, root)) != sorted(comments(new, last_root)):
        raise Unsafe
    return new


class _Said:
    """What a file says: its words, its records, and the rest as it stands."""

    def __init__(self, root: Span, kind: str, tables: Tables, to: Lang | None) -> None:
        walker = Walker(tables, _outcomes(root, kind, tables), to)
        self._root = root
        self._words: dict[int, Word] = {word.scalar.start: word for word in walker.words(root, FILES[kind])}
        self._records = {node.start: (names, house) for node, names, house in walker.records}

    def spelt(self, text: str) -> str:
        """The text with its words in the language that is wanted, quoted where they have to be."""
        parts, at = [], 0
        for start, word in sorted(self._words.items()):
            old = text[start : word.scalar.end]
            if "\n" in old or word.scalar.style in ("|", ">"):
                continue  # a word over several lines is left as it is
            parts += [text[at:start], word.written()]
            at = word.scalar.end
        return "".join([*parts, text[at:]])

    def order(self) -> dict[int, list[int]]:
        """The order of the entries of each record; unknown keys stay behind the known one before them."""
        made = {}
        for start, (names, house) in self._records.items():
            ranks, rank = [], -1
            for name in names:
                rank = house.index(name) if name in house else rank
                ranks.append(rank)
            made[start] = sorted(range(len(names)), key=ranks.__getitem__)
        return made

    def meaning(self) -> Any:
        """What the file says, without the order of its records and the spelling of its words."""
        return self._meaning(self._root)

    def _meaning(self, node: Span) -> Any:
        if isinstance(node, SpanScalar):
            word = self._words.get(node.start)
            if word is not None and word.means is not None:
                return ("word", word.means)
            return ("text", normalize("NFC", node.text), not node.style and not node.text)
        if isinstance(node, Map):
            pairs = [(self._meaning(key), self._meaning(value)) for key, value in node.pairs]
            return ("record", sorted(pairs, key=repr)) if node.start in self._records else ("mapping", pairs)
        return ("list", [self._meaning(item) for item in node.items])


def _outcomes(root: Span, kind: str, tables: Tables) -> Outcomes:
    """The outcomes of the decision whose file it is, or of the one that has the rules of a file of rules."""
    if kind == "rules":
        ids = {
            id for rules in _under(root, "rules") for rule in getattr(rules, "items", ()) for id in _texts(rule, "id")
        }
        of_ids = (d for d in tables.rulebook.decisions.values() if any(rule.id in ids for rule in d.rules))
        decision = next(of_ids, None)
    else:
        name = next(_texts(root, "decision"), "") if kind == "decision" else ""
        decision = tables.rulebook.decisions.get(name)
    return decision.outcomes if decision else {}


def _under(node: Span, key: str) -> Iterator[Span]:
    """What stands under a key, in either language."""
    pairs = node.pairs if isinstance(node, Map) else ()
    return (value for name, value in pairs if name.text in (key, keywords.ZH[key]))


def _texts(node: Span, key: str) -> Iterator[str]:
    return (normalize("NFC", value.text) for value in _under(node, key) if isinstance(value, SpanScalar))
