"""Characters that look like what the rule language wants, and are not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable

from reformkit.text import Text

_CURLY_QUOTE = Text("弯引号“{char}”", "a curly quote `{char}`")
_BRACKET = Text("“{char}”", "a bracket `{char}`")
_FULL_WIDTH_CHARACTER = Text("全角字符“{char}”", "a full-width `{char}`")
_WITH_CODE = Text("{words}（{code}）", "{words} ({code})")
_WHICH_CHARACTER = Text("，其中第 {number} 个字符是{char}", "; its character {number} is {char}")

NOTHING = Text.same("")

_BLANKS = {
    "\t": Text("制表符", "a tab"),
    "\u00a0": Text("不换行空格", "a no-break space"),
    "\u3000": Text("全角空格", "a full-width space"),
    "\u200b": Text("零宽空格", "a zero-width space"),
    "\u200c": Text("零宽不连字符", "a zero-width non-joiner"),
    "\u200d": Text("零宽连字符", "a zero-width joiner"),
    "\u2060": Text("零宽连接符", "a word joiner"),
    "\ufeff": Text("字节顺序标记", "a byte order mark"),
}
_QUOTES = {c: _CURLY_QUOTE.fill(char=c) for c in "“”‘’"}
_BRACKETS = {c: _BRACKET.fill(char=c) for c in "【】「」"}
_FULL_WIDTH = {chr(c): _FULL_WIDTH_CHARACTER.fill(char=chr(c)) for c in range(0xFF01, 0xFF5F)}
_NAMES = _BLANKS | _QUOTES | _BRACKETS | _FULL_WIDTH

_TYPED = {
    **dict.fromkeys(_BLANKS, " "),
    **dict.fromkeys("“”", '"'),
    **dict.fromkeys("‘’", "'"),
    "【": "[",
    "】": "]",
    "：": ": ",
}

_ANY = re.compile("[" + "".join(map(re.escape, _NAMES)) + "]")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")

_MOST_SEARCHED = 1_000  # characters of a line; nobody typed more, and the patterns take the square of it

# What a YAML or JSON parser reads over, quoted text and comments, and where a look-alike upsets it.
_SET_APART = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|(?:^|(?<=\s))#.*')
_UPSETTING = (
    re.compile("([" + "".join(_BLANKS) + "［］｛｝【】])"),
    re.compile(r"(?:^|[\[{,:\s-])([“”‘’])|([“”‘’])\s*(?:[,\]}:]|$)"),  # a quote where a word begins or ends
    re.compile(r"(?:^\s*(?:- +)*|[{,] *)[^\s:：，,。“”{}\[\]]+(：)"),  # a colon after a key
    re.compile(r"[\[{][^\[\]{}]*?(，)"),  # a comma in a list
)


def name(char: str) -> Text:
    """What a look-alike character is called, with its U+ code."""
    said, code = _NAMES[char], f"U+{ord(char):04X}"
    return _WITH_CODE.fill(words=said, code=code)


def hint(word: str, right: Container[str] = ()) -> Text:
    """What to say of a word that holds a look-alike, as the tail of a sentence; empty if it holds none.

    Characters that are `right` where it stands are none.
    """
    found = next((m for m in _ANY.finditer(word) if m.group() not in right), None)
    if not found:
        return NOTHING
    char = name(found.group())
    return _WHICH_CHARACTER.fill(number=found.start() + 1, char=char)


def plain(word: str) -> str:
    """A word without look-alikes and case, for finding the word that was meant."""
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", word)).strip(" \t“”‘’\"'").casefold()


def mended(line: str) -> str:
    """A line with what upsets a parser typed as it wants it.

    >>> mended("｛level：county］ # 不改：这里")
    '{level: county] # 不改：这里'
    """
    while (typed := _typed(line)) != line:  # a bracket that is mended shows a key after it
        line = typed
    return line


def _typed(line: str) -> str:
    bare = _SET_APART.sub(lambda m: "x" * len(m.group()), line[:_MOST_SEARCHED])
    typed = list(line)
    for pattern in _UPSETTING:
        for match in pattern.finditer(bare):
            at = match.start(match.lastindex or 0)
            typed[at] = _TYPED.get(line[at]) or unicodedata.normalize("NFKC", line[at])
    return "".join(typed)


def find(lines: Iterable[tuple[int, str]], prose: bool = True) -> tuple[int, int, str] | None:
    """Line number, column and character of the first look-alike that upsets a parser.

    What stands in quotes or comments is left alone, and so is prose, where it may stand without quotes.
    """
    for number, line in lines:
        bare = _SET_APART.sub(lambda m: "x" * len(m.group()), line[:_MOST_SEARCHED])
        spots = [
            m.start(m.lastindex or 0) for pattern in (_UPSETTING if prose else (_ANY,)) for m in pattern.finditer(bare)
        ]
        if spots:
            return number, min(spots) + 1, bare[min(spots)]
    return None
