"""A test in the words of a cell; what the grammar cannot say back, word for word, is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reformkit.grid import signs
from reformkit.grid.cell_reading import CellReader, CellTests
from reformkit.grid.scanning import LONGEST, CellFault, CellWord, NotPart, ValuesPart, scanned
from reformkit.model.condition import Operand, Parameter, Test
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Field
from reformkit.parsing.report import Report
from reformkit.problem import NOWHERE
from reformkit.text import LANGS, Lang, Text
from reformkit.wording.values import FLAGS


class Unsayable(Exception):
    """A test that no cell can say."""


class CellWriter:
    """Says what tests of a rulebook ask, in the words of a cell.

    >>> from reformkit import load
    >>> book = load().rulebook
    >>> field = book.fields["authority_level"]
    >>> CellWriter(book).say(field, (Test(fact="authority_level", one_of=("township", "county")),)).zh
    '乡镇级；县级'
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._reader = CellReader(rulebook, Report())

    def say(self, field: Field, tests: CellTests) -> Text:
        """What a cell says. Raises `Unsayable` where reading it would not give these tests again."""
        if not tests:
            raise Unsayable
        said = {lang: signs.OR.say(lang).join(self._test(field, test, lang) for test in tests) for lang in LANGS}
        if any(len(words) > LONGEST or self._reader.read(field, words, NOWHERE) != tests for words in said.values()):
            raise Unsayable
        return Text(said["zh"], said["en"])

    def _test(self, field: Field, test: Test, lang: Lang) -> str:
        parts = []
        if test.known is not None:
            parts.append((signs.KNOWN if test.known else signs.UNKNOWN).say(lang))
        if test.one_of is not None:
            parts.append(self._words(field, test.one_of, lang))
        for key, sign in signs.BOUNDS.items():
            bound: Operand | None = getattr(test, key)
            if bound is not None:
                parts.append(f"{sign} {self._bound(field, bound, lang)}")
        for key, words in signs.TAGS.items():
            tags: tuple[Operand, ...] | None = getattr(test, key)
            if tags is not None:
                parts.append(f"{words.say(lang)} {self._words(field, tags, lang)}")
        if test.excluded is not None:
            parts.append(self._negated(field, test.excluded, lang))
        return signs.COMMA.say(lang).join(parts)

    def _negated(self, field: Field, test: Test, lang: Lang) -> str:
        parts = [name for name, part in test if name not in ("node", "place", "fact") and part is not None]
        said, sign = self._test(field, test, lang), signs.NOT.say(lang)
        return f"{sign} {said}" if len(parts) == 1 else f"{sign}{signs.OPEN.say(lang)}{said}{signs.CLOSE.say(lang)}"

    def _words(self, field: Field, values: Sequence[Operand], lang: Lang) -> str:
        return signs.SEMICOLON.say(lang).join(self._word(field, value, lang) for value in values)

    def _bound(self, field: Field, value: Operand, lang: Lang) -> str:
        """A bound; a parameter by its label where that is no other word."""
        if isinstance(value, Parameter):
            label = self._rulebook.parameters[value.name].label.say(lang)
            of_label = [t.name for t in self._rulebook.parameters.values() if label in (t.label.zh, t.label.en, t.name)]
            if of_label == [value.name] and _stands_bare(label) and not label[:1].isdigit():
                return label
        return self._word(field, value, lang)

    def _word(self, field: Field, value: Operand, lang: Lang) -> str:
        match value:
            case Parameter():
                return f"${value.name}"
            case bool():
                return FLAGS[value].say(lang)
            case date():
                return value.isoformat()
            case str() if value.startswith("$"):
                raise Unsayable  # which the rule language takes for a parameter
            case str():
                return written(field.label_of(value).say(lang))
        return str(value)


def written(word: str) -> str:
    """A word as a cell holds it: bare, or in quotes where it would say something else.

    >>> written("乡镇级"), written("甲；乙"), written("不详")
    ('乡镇级', '"甲；乙"', '"不详"')
    """
    return word if _stands_bare(word) else '"{}"'.format(word.replace('"', '""'))


def _stands_bare(word: str) -> bool:
    if any(mark in word for mark in '"＂') or word.count("“") != word.count("”") or word[:1] in ("$", "＄"):
        return False
    try:
        if any(mark in word for mark in "（(）)") and scanned(f"非（{word}）") != ((NotPart((_bare(word),)),),):
            return False  # a bracket of its own would close the one around it
        return scanned(word) == ((_bare(word),),)
    except CellFault:
        return False


def _bare(word: str) -> ValuesPart:
    return ValuesPart((CellWord(word, False),))
