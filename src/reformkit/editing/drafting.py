"""New rules, measures and decisions as text with blanks for a person to fill; what stands in a file already stays.

A blank is a key with nothing after it, so that no reading passes over it, and a comment says what is wanted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from os.path import commonprefix

from reformkit.editing.spans import Odd, Span, SpanScalar, SpanSequence, spans
from reformkit.editing.spans import SpanMapping as Map
from reformkit.editing.spelling import quoted
from reformkit.reading import keywords
from reformkit.reading.form import date_of
from reformkit.text import COMMA, Lang, Text

NOTES = {
    "title": Text("这条规则管什么情形", "what this rule is about"),
    "when": Text("事实: 取值，一行一项；全部成立才算", "fact: value, one a line; all have to hold"),
    "then": Text("结论项之一", "one of the outcomes"),
    "because": Text("随意见给出的理由", "the reason shown with the outcome"),
    "at": Text("依据何在；没有依据的，写明由谁设定", "where it stands; if nowhere, who sets it"),
    "outcomes": Text("编号: 名称，一行一项", "id: label, one a line"),
    "otherwise": Text("没有规则成立时的结论；不要的删去这一行", "the outcome when no rule holds; or delete this line"),
    "title of a decision": Text("这项决策定什么", "what this decision settles"),
    "title of a measure": Text("措施的名称", "name of the measure"),
    "text": Text(
        "要做什么；可用 {unit} 之类由案件填入", "what is to be done; {unit} and the like are filled from the case"
    ),
    "cause": Text("所答症结", "the cause that it answers"),
    "why": Text("何以能解决这一症结", "why it answers this cause"),
    "lead": Text("牵头部门", "who leads"),
    "due_days": Text("期限，日数", "days until it is due"),
    "from": Text("收到三书、处分决定宣布或方案批准", "letter_received, decision_announced or plan_approved"),
    "accept": Text(
        "他人可以查验的标准：查什么、查多少、到什么程度、看什么材料",
        "object, sample, threshold and paper that a stranger could check",
    ),
}


@dataclass
class YamlDraft:
    """Lines of YAML in one language, notes in another, and the numbers (from 0) of the lines that are to be filled."""

    lang: Lang
    notes: Lang
    lines: list[str] = field(default_factory=list)
    blanks: list[int] = field(default_factory=list)

    def put(self, indent: int, key: str, value: str | None = None, note: str | None = None, dash: bool = False) -> None:
        """A key with its value; without one, a blank with a note of what is wanted (one of `NOTES`, or as it stands)."""
        begin = " " * (indent - 2) + "- " if dash else " " * indent
        said = keywords.spelt(key).say(self.lang)
        if value is None:
            self.blanks.append(len(self.lines))
            self.lines.append(f"{begin}{said}:  # {NOTES.get(note or key, Text.same(note or key)).say(self.notes)}")
        else:
            self.lines.append(f"{begin}{said}: {value}".rstrip())

    def word(self, id: str, words: Mapping[str, str]) -> str:
        """One of a position's fixed words."""
        return Text(words[id], id).say(self.lang)


@dataclass(frozen=True)
class NewRule:
    """What is known of a new rule; what is None becomes a blank. `when` holds tests as YAML by fact."""

    id: str
    since: str
    title: str | None = None
    when: Mapping[str, str] = field(default_factory=dict)
    then: str | None = None
    because: str | None = None
    at: str | None = None
    choice: str | None = None
    """The outcomes that there are, for whoever fills in `then`."""


def rule_draft(rule: NewRule, lang: Lang, notes: Lang, column: int) -> YamlDraft:
    """A rule as an item of a list whose dashes stand in a column; its basis is an assumption."""
    draft, inner = YamlDraft(lang, notes), column + 2
    draft.put(inner, "id", quoted(rule.id, False, False), dash=True)
    draft.put(inner, "title", _text(rule.title))
    if rule.when:
        draft.put(inner, "when", "")
        draft.lines += [f"{' ' * (inner + 2)}{quoted(fact, True, False)}: {test}" for fact, test in rule.when.items()]
    else:
        draft.put(inner, "when")
    draft.put(inner, "then", _text(rule.then), rule.choice)
    draft.put(inner, "because", _text(rule.because))
    draft.put(inner, "basis", "")
    draft.put(inner + 2, "kind", draft.word("assumption", keywords.BASIS_KINDS))
    draft.put(inner + 2, "at", _text(rule.at))
    draft.put(inner, "since", rule.since)
    return draft


def decision_draft(
    name: str,
    hit: str,
    rule: NewRule,
    lang: Lang,
    notes: Lang,
    title: str | None = None,
    outcomes: Mapping[str, str] | None = None,
) -> YamlDraft:
    """A whole decision with one rule."""
    draft = YamlDraft(lang, notes)
    draft.put(0, "decision", quoted(name, False, False))
    draft.put(0, "title", _text(title), "title of a decision")
    draft.put(0, "hit", draft.word(hit, keywords.HITS))
    if outcomes:
        draft.put(0, "outcomes", "")
        draft.lines += [f"  {quoted(id, True, False)}: {quoted(label, False, False)}" for id, label in outcomes.items()]
    else:
        draft.put(0, "outcomes")
    draft.put(0, "rules", "")
    inner = rule_draft(rule, lang, notes, 2)
    draft.blanks += [len(draft.lines) + n for n in inner.blanks]
    draft.lines += inner.lines
    if hit != "collect":
        draft.put(0, "otherwise")
    return draft


def measure_draft(
    id: str, cause: str | None, role: str, lang: Lang, notes: Lang, column: int, title: str | None = None
) -> YamlDraft:
    """A measure as an entry of `measures`, whose ids stand in a column."""
    draft, inner = YamlDraft(lang, notes), column + 2
    draft.lines.append(f"{' ' * column}{quoted(id, True, False)}:")
    draft.put(inner, "title", _text(title), "title of a measure")
    draft.put(inner, "text")
    if cause is None:
        draft.put(inner, "addresses", note="cause")
    else:
        draft.put(inner, "addresses", "")
        draft.lines.append(f"{' ' * (inner + 2)}{quoted(cause, True, False)}:")
        draft.put(inner + 4, "as", role)
        draft.put(inner + 4, "why")
    for key in ("lead", "due_days", "from", "accept"):
        draft.put(inner, key)
    draft.put(inner, "basis", "")
    draft.put(inner + 4, "kind", draft.word("assumption", keywords.CITED_KINDS), dash=True)
    draft.put(inner + 4, "at")
    return draft


def language_of(root: Span | None) -> Lang:
    """The language of a file's keys."""
    keys = {key.text for key, _ in root.pairs} if isinstance(root, Map) else set()
    return "zh" if keys & {*keywords.ZH.values()} else "en"


def under(root: Span | None, key: str) -> Span | None:
    """What stands under a key of a file, in either language."""
    pairs = root.pairs if isinstance(root, Map) else []
    return next((value for name, value in pairs if name.text in (key, keywords.ZH.get(key, key))), None)


def outcomes_of(root: Span | None, lang: Lang) -> str | None:
    """The outcomes that a decision lists, in a line: labels in Chinese, ids in English."""
    node = under(root, "outcomes")
    if not isinstance(node, Map):
        return None
    labels = [(key.text, under(value, "zh") or value) for key, value in node.pairs]
    words = (Text(label.text if isinstance(label, SpanScalar) else id, id) for id, label in labels)
    return COMMA.join(words).say(lang)


def ids_of(rules: Span | None) -> list[str]:
    """The ids of a list of rules, in order."""
    items = rules.items if isinstance(rules, SpanSequence) else []
    nodes = (under(item, "id") for item in items)
    return [node.text if isinstance(node, SpanScalar) else "" for node in nodes]


def next_id(ids: Iterable[str], taken: Iterable[str], otherwise: str) -> str:
    """The next free id of the same kind as some ids: the same beginning, and the number after the greatest.

    >>> next_id(["S-1", "S-2"], ["S-3"], "X"), next_id(["LAY-LINE", "LAY-AREA"], [], "X"), next_id(["IN-07"], [], "X")
    ('S-4', 'LAY-1', 'IN-08')
    """
    known, used = [id for id in ids if id], set(taken)
    start = commonprefix(known).rstrip("0123456789") if known else f"{otherwise}-"  # noqa: RUF071 - letter by letter is meant
    if known and not start.endswith(("-", "_", ".")):
        cut = max(start.rfind(mark) for mark in "-_.") + 1
        start = start[:cut] or f"{otherwise}-"
    tails = [id[len(start) :] for id in (*known, *used) if id.startswith(start)]
    numbers = [tail for tail in tails if tail.isascii() and tail.isdigit()]
    width = max(map(len, numbers), default=1)
    number = max(map(int, numbers), default=0) + 1
    while f"{start}{number:0{width}}" in used | set(known):
        number += 1
    return f"{start}{number:0{width}}"


def with_item(text: str, key: str, draft_at: YamlDraft, before: int | None = None) -> tuple[str, int]:
    """A text with a draft put among the entries under a key, and the line (from 0) on which it begins.

    `before` is the number of the entry that it comes before; None: the end. Raises Odd where the entries stand
    in brackets.
    """
    root = spans(text)
    node = under(root, key)
    lines = text.split("\n")
    if not isinstance(node, SpanSequence | Map) or node.flow or not _entries(node):
        raise Odd
    entries = _entries(node)
    if before is None:
        at = _end(text, entries[-1][1]) + 1
    else:
        at = _line(lines, entries[before][0], node)
        while at and lines[at - 1].lstrip().startswith("#"):
            at -= 1
    spaced = any(
        _line(lines, first, node) and not lines[_line(lines, first, node) - 1].strip() for first, _ in entries[1:]
    )
    put = [
        *([""] if spaced and before is None else []),
        *draft_at.lines,
        *([""] if spaced and before is not None else []),
    ]
    rest = lines[at:]
    new = "\n".join([*lines[:at], *put, *rest])
    return new if new.endswith("\n") else new + "\n", at + (1 if spaced and before is None else 0)


def column_of(text: str, key: str) -> int:
    """The column of the entries under a key. Raises Odd where they stand in brackets or there are none."""
    node = under(spans(text), key)
    if not isinstance(node, SpanSequence | Map) or node.flow or not _entries(node):
        raise Odd
    return node.column


def _entries(node: SpanSequence | Map) -> list[tuple[Span, Span]]:
    """The first and the last part of each entry."""
    return [(item, item) for item in node.items] if isinstance(node, SpanSequence) else list(node.pairs)


def _line(lines: list[str], first: Span, node: SpanSequence | Map) -> int:
    """The line on which an entry begins: of an item, that of its dash."""
    line = first.line
    while isinstance(node, SpanSequence) and line > node.line and lines[line][node.column : node.column + 1] != "-":
        line -= 1
    return line


def _end(text: str, node: Span) -> int:
    """The last line on which something of a node stands."""
    if isinstance(node, SpanScalar) or node.flow:
        return node.line + text[node.start : node.end].rstrip().count("\n")
    parts = [value for _, value in node.pairs] if isinstance(node, Map) else node.items
    return max((_end(text, part) for part in parts), default=node.line)


def _text(words: str | None) -> str | None:
    if words is None:
        return None
    return words if date_of(words) else quoted(words, False, False)
