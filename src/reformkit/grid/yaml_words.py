"""What a cell or a row says, as YAML: in the language of its file, in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reformkit.editing.spelling import quoted
from reformkit.model.vocabulary import Field
from reformkit.parsing import tree
from reformkit.parsing.tree import Scalar, Tree
from reformkit.reading import keywords
from reformkit.text import Lang, Text


class Spelling(NamedTuple):
    """How a file is written: the language of its keys and values."""

    fields: Mapping[str, Field]
    lang: Lang

    def key(self, key: str) -> str:
        """A key of the rule language."""
        return keywords.spelt(key).say(self.lang)

    def fact(self, fact: str) -> str:
        """A fact, by id or label."""
        return quoted(Text(self.fields[fact].label.zh, fact).say(self.lang), True, True)

    def value(self, field: Field, said: Tree, flow: bool = True) -> str:
        """A test of a fact, from its tree."""
        match said:
            case Scalar():
                return self._word(field, said, flow)
            case tree.Sequence():
                return f"[{', '.join(self.value(field, item) for item in said.items)}]"
            case tree.Mapping():
                pairs = (f"{self.key(key.text)}: {self._under(field, key.text, value)}" for key, value in said.pairs)
                return f"{{{', '.join(pairs)}}}"
        raise AssertionError(said)

    def _under(self, field: Field, key: str, said: Tree) -> str:
        if key == "known":
            assert isinstance(said, Scalar)
            return _flag(said.text, self.lang)
        return self.value(field, said)

    def _word(self, field: Field, said: Scalar, flow: bool) -> str:
        if field.type == "flag" and said.text in ("true", "false"):
            return _flag(said.text, self.lang)
        if field.is_ordered and not said.text.startswith("$"):
            return said.text
        return quoted(Text(field.label_of(said.text).zh, said.text).say(self.lang), False, flow)

    def tests(self, fact: str, said: Sequence[Tree]) -> str:
        """What one cell asks, as an entry of a condition in one line."""
        field = self.fields[fact]
        entries = [f"{self.fact(fact)}: {self.value(field, one)}" for one in said]
        return entries[0] if len(entries) == 1 else f"{self.key('any')}: [{', '.join(f'{{{e}}}' for e in entries)}]"

    def condition(self, rows: Sequence[Mapping[str, Sequence[Tree]]]) -> list[str]:
        """A condition in rows, as the lines that stand under `when`."""
        shared = [fact for fact, said in rows[0].items() if all(fact in row and alike(row[fact], said) for row in rows)]
        lines = self._entries(rows[0], shared)
        own = [self._entries(row, [fact for fact in row if fact not in shared]) for row in rows]
        if len(rows) > 1 and all(own):
            lines.append(f"{self.key('any')}:")
            lines += [f"  - {self._braced(entries)}" for entries in own]
        return lines or ["{}"]

    def _entries(self, row: Mapping[str, Sequence[Tree]], facts: Sequence[str]) -> list[str]:
        """Entries for facts of a row; one mapping cannot hold two `any`, so those stand under `all`."""
        single = [self.tests(fact, row[fact]) for fact in facts if len(row[fact]) == 1]
        several = [self.tests(fact, row[fact]) for fact in facts if len(row[fact]) > 1]
        if several:
            single.append(f"{self.key('all')}: [{', '.join(f'{{{entry}}}' for entry in several)}]")
        return single

    @staticmethod
    def _braced(entries: Sequence[str]) -> str:
        return f"{{{', '.join(entries)}}}"


def _flag(word: str, lang: Lang) -> str:
    return Text("是" if word == "true" else "否", word).say(lang)


def alike(one: Sequence[Tree], other: Sequence[Tree]) -> bool:
    """Whether two cells say the same, wherever they stand."""
    return len(one) == len(other) and all(_plain(a) == _plain(b) for a, b in zip(one, other, strict=True))


def _plain(said: Tree) -> object:
    match said:
        case Scalar():
            return said.text
        case tree.Sequence():
            return [_plain(item) for item in said.items]
        case tree.Mapping():
            return {key.text: _plain(value) for key, value in said.pairs}
    return None
