"""Facts and their values, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reformkit.model.condition import Parameter, Test
from reformkit.model.period import Period
from reformkit.model.vocabulary import Field, Value
from reformkit.text import Lang


def say_value(field: Field, value: Value | None, lang: Lang = "zh") -> str:
    """A fact's value by its labels: `第三种形态`, `是`, `2022年3月1日`.

    >>> from reformkit.text import Text
    >>> say_value(Field(name="f", type="flag", label=Text.same("f")), True)
    '是'
    """
    zh = lang == "zh"
    if value is None:
        return "不详" if zh else "unknown"
    if isinstance(value, bool):
        return ("是" if value else "否") if zh else ("yes" if value else "no")
    if isinstance(value, frozenset):
        order = {name: i for i, name in enumerate(field.values)}
        names = [field.label_of(tag).say(lang) for tag in sorted(value, key=lambda tag: order.get(tag, len(order)))]
        return ("；" if zh else "; ").join(names) or ("无" if zh else "none")
    if isinstance(value, date):
        return say_day(value, lang)
    return field.label_of(value).say(lang) if isinstance(value, str) else str(value)


def quote(said: str) -> str:
    """A text in quotation marks; marks inside it become single.

    >>> quote("未执行“三重一大”规定")
    '“未执行‘三重一大’规定”'
    """
    return f"“{said.replace('“', '‘').replace('”', '’')}”"


def lower(said: str) -> str:
    """An English sentence as part of another: its first letter small, unless it is a name or code."""
    return said[:1].lower() + said[1:] if said[1:2].islower() or said[1:2] == " " else said


def either(names: Sequence[str], lang: Lang = "zh") -> str:
    """One of several: `甲、乙或者丙`.

    >>> either(["甲", "乙", "丙"])
    '甲、乙或者丙'
    """
    comma, last = ("、", "或者") if lang == "zh" else (", ", " or ")
    return last.join(filter(None, (comma.join(names[:-1]), *names[-1:])))


def numbered(parts: Sequence[str], lang: Lang = "zh") -> str:
    """Several statements in one line, each with its number; one stands as it is.

    >>> numbered(["查合同；查台账", "查会议记录"])
    '①查合同；查台账。②查会议记录'
    """
    if len(parts) < 2:
        return "".join(parts)
    if lang == "zh":
        return "。".join(f"{chr(0x2460 + n) if n < 20 else f'({n + 1})'}{part}" for n, part in enumerate(parts))
    return " ".join(f"({n}) {part}." for n, part in enumerate(parts, 1))


def in_brackets(text: str, lang: Lang) -> str:
    """A remark in brackets, with the space before it that English has."""
    return f"（{text}）" if lang == "zh" else f" ({text})"


def say_day(day: date, lang: Lang = "zh") -> str:
    """A day as an official writes it.

    >>> say_day(date(2022, 3, 1))
    '2022年3月1日'
    """
    return f"{day.year}年{day.month}月{day.day}日" if lang == "zh" else day.isoformat()


def say_test(field: Field, test: Test, lang: Lang = "zh") -> str:
    """What a test wants of a fact, by its labels.

    >>> from reformkit.text import Text
    >>> say_test(Field(name="n", type="count", label=Text.same("n")), Test(fact="n", at_least=2))
    '至少2'
    """
    zh = lang == "zh"
    comma = "；" if zh else "; "

    def word(operand: object) -> str:
        if isinstance(operand, Parameter):
            return f"${operand.name}"
        return say_value(field, frozenset({operand}) if field.type == "tags" else operand, lang)  # type: ignore[arg-type]

    parts = []
    if test.known is True:
        parts.append("已知" if zh else "known")
    if test.one_of is not None:
        parts.append(("或" if zh else " or ").join(map(word, test.one_of)))
    for said_zh, said_en, bound in (
        ("至少", "at least", test.at_least),
        ("多于", "more than", test.more_than),
        ("至多", "at most", test.at_most),
        ("少于", "less than", test.less_than),
    ):
        if bound is not None:
            parts.append(f"{said_zh}{word(bound)}" if zh else f"{said_en} {word(bound)}")
    for said_zh, said_en, tags in (
        ("包含", "includes", test.includes_all),
        ("包含任一：", "includes any of ", test.includes_any),
        ("均不含：", "includes none of ", test.includes_none),
    ):
        if tags is not None:
            parts.append(f"{said_zh if zh else said_en + ' '}{comma.join(map(word, tags))}".replace("  ", " "))
    if test.excluded is not None:
        parts.append(_say_excluded(field, test.excluded, list(map(word, test.excluded.one_of or ())), lang))
    said = ("且" if zh else " and ").join(parts)
    if test.known is not False:
        return said
    unknown = "未知" if zh else "not known"
    if not said:
        return unknown
    return f"{unknown}（实际{said}）" if zh else f"{unknown} (in truth {said})"


def _say_excluded(field: Field, excluded: Test, values: list[str], lang: Lang) -> str:
    """What is left of a fact without what a test wants, without a double negation where there is a plain word for it."""
    zh = lang == "zh"
    turned = opposite(field, excluded)
    if turned is not None:
        return say_test(field, turned, lang)
    if len(values) > 1 and excluded == Test(fact=excluded.fact, one_of=excluded.one_of):
        return f"除{'、'.join(values)}以外" if zh else f"none of {', '.join(values)}"
    return ("不是" if zh else "not ") + say_test(field, excluded, lang)


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
    asked = {name: part for name, part in test if name not in ("fact", "node", "place") and part is not None}
    if len(asked) > 1:
        return None
    ((name, part),) = asked.items()
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


def say_period(period: Period, lang: Lang = "zh") -> str:
    """The time in which something is in force; empty where it always is.

    >>> say_period(Period(since=date(2022, 1, 1)))
    '自2022年1月1日起'
    """
    since, until = (None if day is None else say_day(day, lang) for day in (period.since, period.until))
    if lang == "zh":
        return (f"自{since}起" if since else "") + ("，" if since and until else "") + (f"至{until}前" if until else "")
    return " ".join(part for part in (f"from {since}" if since else "", f"until {until}" if until else "") if part)
