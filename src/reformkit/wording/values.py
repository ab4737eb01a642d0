"""Facts and their values, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reformkit.model.condition import Operand, Parameter, Test
from reformkit.model.period import Period
from reformkit.model.vocabulary import Field, Value
from reformkit.text import COMMA, NONE, SEMICOLON, Text

UNKNOWN = Text("不详", "unknown")
FLAGS = {True: Text("是", "yes"), False: Text("否", "no")}
OR = Text("或", " or ")
AND = Text("且", " and ")

_DAY = Text("{year}年{month}月{day}日", "{year:04}-{month:02}-{day:02}")
_QUOTED = Text.same("“{words}”")
_LAST = Text("{others}或者{last}", "{others} or {last}")
_NUMBERED, _BETWEEN = Text("{mark}{part}", "({number}) {part}."), Text("。", " ")

_KNOWN, _NOT_KNOWN = Text("已知", "known"), Text("未知", "not known")
_NOT_KNOWN_BUT = Text("未知（实际{test}）", "not known (in truth {test})")
_BOUNDS = {
    "at_least": Text("至少{bound}", "at least {bound}"),
    "more_than": Text("多于{bound}", "more than {bound}"),
    "at_most": Text("至多{bound}", "at most {bound}"),
    "less_than": Text("少于{bound}", "less than {bound}"),
}
_TAGS = {
    "includes_all": Text("包含{tags}", "includes {tags}"),
    "includes_any": Text("包含任一：{tags}", "includes any of {tags}"),
    "includes_none": Text("均不含：{tags}", "includes none of {tags}"),
}
_NONE_OF, _NOT = Text("除{values}以外", "none of {values}"), Text("不是{test}", "not {test}")
_PERIODS = {
    (True, False): Text("自{since}起", "from {since}"),
    (False, True): Text("至{until}前", "until {until}"),
    (True, True): Text("自{since}起，至{until}前", "from {since} until {until}"),
}
"""By whether there is a first day, and a day on which it is no longer in force."""


def say_value(field: Field, value: Value | None) -> Text:
    """A fact's value by its labels: `第三种形态`, `是`, `2022年3月1日`.

    >>> say_value(Field(name="f", type="flag", label=Text.same("f")), True).zh
    '是'
    """
    match value:
        case None:
            return UNKNOWN
        case bool():
            return FLAGS[value]
        case frozenset():
            order = {name: i for i, name in enumerate(field.values)}
            labels = [field.label_of(tag) for tag in sorted(value, key=lambda tag: order.get(tag, len(order)))]
            return SEMICOLON.join(labels) if labels else NONE
        case date():
            return say_day(value)
        case str():
            return field.label_of(value)
    return Text.same(str(value))


def quote(said: Text | str) -> Text:
    """A text in quotation marks; marks inside it become single.

    >>> quote("未执行“三重一大”规定").zh
    '“未执行‘三重一大’规定”'
    """
    if isinstance(said, str):
        return Text.same(_quoted(said))
    return said.each(_quoted)


def _quoted(words: str) -> str:
    return f"“{words.replace('“', '‘').replace('”', '’')}”"


def either(names: Sequence[Text | str]) -> Text:
    """One of several: `甲、乙或者丙`.

    >>> either(["甲", "乙", "丙"]).zh
    '甲、乙或者丙'
    """
    *others, last = names
    return _LAST.fill(others=COMMA.join(others), last=last) if others else COMMA.join(names)


def numbered(parts: Sequence[Text | str]) -> Text:
    """Several statements in one line, each with its number; one stands as it is.

    >>> numbered(["查合同；查台账", "查会议记录"]).zh
    '①查合同；查台账。②查会议记录'
    """
    if len(parts) < 2:
        return _BETWEEN.join(parts)
    marks = [chr(0x2460 + n) if n < 20 else f"({n + 1})" for n in range(len(parts))]
    return _BETWEEN.join(
        _NUMBERED.fill(mark=mark, number=number, part=part)
        for number, (mark, part) in enumerate(zip(marks, parts, strict=True), 1)
    )


def say_day(day: date) -> Text:
    """A day as an official writes it.

    >>> say_day(date(2022, 3, 1)).zh
    '2022年3月1日'
    """
    return _DAY.fill(year=day.year, month=day.month, day=day.day)


def say_test(field: Field, test: Test) -> Text:
    """What a test wants of a fact, by its labels.

    >>> say_test(Field(name="n", type="count", label=Text.same("n")), Test(fact="n", at_least=2)).zh
    '至少2'
    """
    parts = [_KNOWN] if test.known is True else []
    if test.one_of is not None:
        parts.append(OR.join(_operand(field, value) for value in test.one_of))
    for name, words in _BOUNDS.items():
        bound = getattr(test, name)
        if bound is not None:
            parts.append(words.fill(bound=_operand(field, bound)))
    for name, words in _TAGS.items():
        tags = getattr(test, name)
        if tags is not None:
            parts.append(words.fill(tags=SEMICOLON.join(_operand(field, tag) for tag in tags)))
    if test.excluded is not None:
        parts.append(_say_excluded(field, test.excluded))
    wanted = AND.join(parts)
    if test.known is not False:
        return wanted
    return _NOT_KNOWN_BUT.fill(test=wanted) if parts else _NOT_KNOWN


def _operand(field: Field, operand: Operand) -> Text:
    if isinstance(operand, Parameter):
        return Text.same(f"${operand.name}")
    return say_value(field, frozenset({str(operand)}) if field.type == "tags" else operand)


def _say_excluded(field: Field, excluded: Test) -> Text:
    """What is left of a fact without what a test wants, without a double negation where there is a plain word for it."""
    turned = opposite(field, excluded)
    if turned is not None:
        return say_test(field, turned)
    values = excluded.one_of or ()
    if len(values) > 1 and excluded == Test(fact=excluded.fact, one_of=values):
        return _NONE_OF.fill(values=COMMA.join(_operand(field, value) for value in values))
    return _NOT.fill(test=say_test(field, excluded))


_TURNED = {
    "at_least": "less_than",
    "less_than": "at_least",
    "more_than": "at_most",
    "at_most": "more_than",
    "includes_any": "includes_none",
    "includes_none": "includes_any",
}


def opposite(field: Field, test: Test) -> Test | None:
    """A test that holds where another does not; None where there is no single one that says so."""
    parts = {name: part for name, part in test if name not in ("fact", "node", "place") and part is not None}
    if len(parts) > 1:
        return None
    ((name, part),) = parts.items()
    match name, part:
        case "one_of", (bool(value),) if field.type == "flag":
            return Test(fact=test.fact, one_of=(not value,))
        case "includes_all", (tag,):
            return Test(fact=test.fact, includes_none=(tag,))
        case "known", bool(value):
            return Test(fact=test.fact, known=not value)
        case "excluded", Test():
            return part
    return Test.model_validate({"fact": test.fact, _TURNED[name]: part}) if name in _TURNED else None


def say_period(period: Period) -> Text | None:
    """The time in which something is in force; None where it always is.

    >>> say_period(Period(since=date(2022, 1, 1))).zh
    '自2022年1月1日起'
    """
    bounds = {name: say_day(day) for name in ("since", "until") if (day := getattr(period, name)) is not None}
    words = _PERIODS.get(("since" in bounds, "until" in bounds))
    return None if words is None else words.fill(**bounds)
