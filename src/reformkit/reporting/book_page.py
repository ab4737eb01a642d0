"""A rulebook at a glance, as a notebook shows it: its decisions with their rules and outcomes, its measures, its digest."""

from __future__ import annotations

from collections.abc import Iterator

from reformkit.hypertext.frame import fragment, notebook_language, table, words
from reformkit.model.library import Library
from reformkit.model.rulebook import Rulebook
from reformkit.text import COMMA, Lang, Text
from reformkit.wording.rulebook import HITS

_NAME = Text.same("{title} {version}")
_HEADS = (
    Text("决策", "Decision"),
    Text("名称", "Name"),
    Text("命中方式", "Hit policy"),
    Text("规则", "Rules"),
    Text("结论", "Outcomes"),
)
_MOST_OUTCOMES = 6
_MORE = Text("{outcomes}等{number}项", "{outcomes}, … ({number})")
_MEASURES = Text(
    "措施{measures}项，症结{causes}项；摘要 {digest}。", "{measures} measures, {causes} causes; digest {digest}."
)
_NO_MEASURES = Text("未附措施库；摘要 {digest}。", "No measure library; digest {digest}.")
_WARNINGS = Text("读入时有{number}处提醒（reformkit check）。", "{number} warnings on reading (reformkit check).")


def in_notebook(rulebook: Rulebook, library: Library | None, digest: str, warnings: int) -> str:
    """The rulebook as a part of a notebook."""
    lang = notebook_language()
    return fragment(_lines(rulebook, library, digest[:12], warnings, lang), lang)


def _lines(rulebook: Rulebook, library: Library | None, digest: str, warnings: int, lang: Lang) -> Iterator[str]:
    name = _NAME.fill(title=rulebook.title, version=rulebook.version or "").each(str.strip)
    yield f"<h2>{words(name, lang)}</h2>"
    yield from table(_HEADS, (_row(rulebook, decision) for decision in rulebook.order), lang)
    measured = (
        _NO_MEASURES.fill(digest=digest)
        if library is None
        else _MEASURES.fill(measures=len(library.measures), causes=len(library.causes), digest=digest)
    )
    yield f'<p class="aside">{words(measured, lang)}</p>'
    if warnings:
        yield f'<p class="aside">{words(_WARNINGS.fill(number=warnings), lang)}</p>'


def _row(rulebook: Rulebook, decision: str) -> tuple[Text | str | int, ...]:
    made = rulebook.decisions[decision]
    labels = [outcome.label for outcome in made.outcomes.values()]
    outcomes = COMMA.join(labels[:_MOST_OUTCOMES])
    if len(labels) > _MOST_OUTCOMES:
        outcomes = _MORE.fill(outcomes=outcomes, number=len(labels))
    return made.title, decision, HITS[made.hit], len(made.rules), outcomes
