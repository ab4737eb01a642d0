"""A diff as one HTML page that needs nothing else: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TextIO

from reformkit.comparing.diff import Diff
from reformkit.editing.fixture_text import fixture_text
from reformkit.printing.diff_text import CASE_HEADS, case_rows
from reformkit.reporting.case_changes import say_came, say_rates
from reformkit.reporting.changes import say_changes
from reformkit.reporting.diff import RegionSaid, say_not_compared, say_regions
from reformkit.text import Lang

MOST_REGIONS = 300
"""Regions of a decision that stand on the page."""

_STYLE = """
:root { --ink: #1f2328; --soft: #59636e; --line: #d1d9e0; --wash: #f6f8fa; --old: #9a3412; --new: #166534; --head: #8b1a1a; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 2rem 1.5rem 4rem; color: var(--ink); line-height: 1.65;
  font: 16px/1.65 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Zen Hei", sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .3rem; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; padding-bottom: .3rem; border-bottom: 2px solid var(--head); }
h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; color: var(--soft); }
.names { color: var(--soft); overflow-wrap: anywhere; } .names b { color: var(--ink); font-weight: 600; }
.sums { display: flex; flex-wrap: wrap; gap: .8rem; margin: 1.2rem 0 0; padding: 0; list-style: none; }
.sums li { flex: 1 1 9rem; border: 1px solid var(--line); border-radius: 8px; padding: .6rem .9rem; background: var(--wash); color: var(--soft); font-size: .88rem; }
.sums b { display: block; color: var(--ink); font-size: 1.35rem; line-height: 1.3; }
.card { border: 1px solid var(--line); border-radius: 8px; margin: .9rem 0; padding: .8rem 1rem; break-inside: avoid; }
.move { font-size: 1.05rem; font-weight: 600; } .was { color: var(--old); } .now { color: var(--new); } .to { color: var(--soft); padding: 0 .4rem; }
.by, .aside { color: var(--soft); font-size: .9rem; margin: .15rem 0; } .where { margin: .4rem 0; padding-left: 1.3rem; }
details { margin-top: .5rem; font-size: .9rem; } summary { cursor: pointer; color: var(--soft); }
pre { margin: .4rem 0 0; padding: .7rem .9rem; background: var(--wash); border-radius: 6px; overflow-x: auto; font: .85rem/1.55 ui-monospace, "Cascadia Mono", Consolas, "Noto Sans Mono CJK SC", "Microsoft YaHei", monospace; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; margin: .6rem 0; } th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--soft); font-weight: 600; background: var(--wash); } td.n { text-align: right; font-variant-numeric: tabular-nums; } ul.plain { padding-left: 1.2rem; margin: .3rem 0; overflow-wrap: anywhere; }
@media print { body { max-width: none; padding: 0; font-size: 11pt; } details > pre { display: block; } }
"""


def write_page(diff: Diff, stream: TextIO, lang: Lang, boxes: bool) -> None:
    """The whole diff as a page, the most telling first."""
    title = "规则册比较" if lang == "zh" else "Rulebooks compared"
    stream.write(
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    )
    for part in (_names, _sums, _changes, _not_compared, _cases):
        stream.writelines(f"{line}\n" for line in part(diff, lang))
    stream.writelines(f"{line}\n" for line in _regions(diff, lang, boxes))
    stream.writelines(f"{line}\n" for line in _changed_cases(diff, lang))
    stream.write("</body>\n</html>\n")


def _names(diff: Diff, lang: Lang) -> Iterator[str]:
    old, new = map(escape, diff.names)
    words = ("原", "新") if lang == "zh" else ("Before", "After")
    yield f'<p class="names">{words[0]} <b>{old}</b><span class="to">→</span>{words[1]} <b>{new}</b></p>'


def _sums(diff: Diff, lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    sums = [
        (str(len(diff.changes)), "处改动" if zh else "changes"),
        (str(len(diff.regions)), "种情形的结论有变化" if zh else "regions with another outcome"),
    ]
    if diff.cases is not None:
        number = f"{len(diff.cases.changed)} / {diff.cases.cases}"
        sums.append((number, "件已有案件有变化" if zh else "stored cases come out otherwise"))
    yield '<ul class="sums">'
    yield from (f"<li><b>{number}</b>{words}</li>" for number, words in sums)
    yield "</ul>"
    if not diff:
        yield f"<p>{'两个规则册没有差别。' if zh else 'Nothing differs.'}</p>"


def _changes(diff: Diff, lang: Lang) -> Iterator[str]:
    said = list(say_changes(diff, lang))
    if said:
        yield f"<h2>{'改动了什么' if lang == 'zh' else 'What was changed'}</h2>"
    for head, lines in said:
        yield f"<h3>{escape(head)}</h3>"
        yield from _list(lines)


def _not_compared(diff: Diff, lang: Lang) -> Iterator[str]:
    if diff.not_compared:
        yield f"<h2>{'未能比较的决策' if lang == 'zh' else 'Not compared'}</h2>"
        yield from _list(say_not_compared(item, diff, lang) for item in diff.not_compared)


def _cases(diff: Diff, lang: Lang) -> Iterator[str]:
    if diff.cases is None:
        return
    zh = lang == "zh"
    yield f"<h2>{'已有案件' if zh else 'Stored cases'}</h2>"
    yield f"<p>{escape(say_rates(diff, lang))}</p>"
    heads = ("决策", "原", "现", "件数") if zh else ("Decision", "Before", "After", "Cases")
    rows = []
    for name, moves in diff.cases.moves.items():
        if any(before != after for before, after in moves):
            title = diff.new.decisions[name].title.say(lang)
            for (before, after), number in moves.most_common():
                was, now = say_came(diff.old, name, before, lang), say_came(diff.new, name, after, lang)
                rows.append((title, was, ("不变" if zh else "as before") if before == after else now, str(number)))
                title = ""
    if rows:
        yield from _table(heads, rows)


def _changed_cases(diff: Diff, lang: Lang) -> Iterator[str]:
    if diff.cases is None or not diff.cases.changed:
        return
    number = len(diff.cases.changed)
    yield f"<h2>{f'有变化的{number}件案件' if lang == 'zh' else f'The {number} cases that change'}</h2>"
    yield from _table([head.say(lang) for head in CASE_HEADS], case_rows(diff, lang))


def _regions(diff: Diff, lang: Lang, boxes: bool) -> Iterator[str]:
    zh = lang == "zh"
    for head, regions in say_regions(diff, lang):
        yield f"<h2>{'结论有变化的情形' if zh else 'Outcomes'} · {escape(head)}</h2>"
        for said in regions[:MOST_REGIONS]:
            yield from _card(said, diff, lang, boxes)
        if len(regions) > MOST_REGIONS:
            more = len(regions) - MOST_REGIONS
            yield f"<p>{f'另有{more}处，见 --format json。' if zh else f'{more} more; see --format json.'}</p>"


def _card(said: RegionSaid, diff: Diff, lang: Lang, boxes: bool) -> Iterator[str]:
    zh = lang == "zh"
    yield '<div class="card">'
    yield (
        f'<div class="move"><span class="was">{escape(said.before)}</span><span class="to">→</span>'
        f'<span class="now">{escape(said.after)}</span></div>'
    )
    yield f'<p class="by">{escape(said.by)}</p>'
    yield from _list(said.where, "where")
    for aside in (said.excepted, said.days):
        if aside:
            yield f'<p class="aside">{escape(aside)}</p>'
    fixture = diff.fixture(said.region)
    if fixture is not None:
        summary = (
            "例（可存入测试案件，按新规则册通过）" if zh else "An example, as a fixture that the new rulebook passes"
        )
        text = escape(fixture_text(fixture, diff.new, lang))
        yield f"<details><summary>{summary}</summary><pre>{text}</pre></details>"
    if boxes and said.region.proven:
        parts = said.region.boxes()
        summary = (
            f"互不重叠的情形（{len(parts)}种，先大后小）" if zh else f"Disjoint boxes ({len(parts)}, largest first)"
        )
        yield f"<details><summary>{summary}</summary><pre>{escape(chr(10).join(map(str, parts)))}</pre></details>"
    yield "</div>"


def _list(lines: Iterable[str], kind: str = "plain") -> Iterator[str]:
    yield f'<ul class="{kind}">'
    yield from (f"<li>{escape(line)}</li>" for line in lines)
    yield "</ul>"


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield f"<table><thead><tr>{''.join(f'<th>{escape(head)}</th>' for head in heads)}</tr></thead><tbody>"
    for row in rows:
        cells = (
            f"<td{' class=' + chr(34) + 'n' + chr(34) if cell.isdigit() else ''}>{escape(cell)}</td>" for cell in row
        )
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table>"
