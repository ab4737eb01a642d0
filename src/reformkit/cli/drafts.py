"""`reformkit new rule`, `measure` and `decision`: drafts with blanks for a person to fill."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from reformkit.beside import save
from reformkit.book import Book
from reformkit.editing import drafting
from reformkit.editing.drafting import NewRule, YamlDraft
from reformkit.editing.kinds import kind_of
from reformkit.editing.spans import Odd, spans
from reformkit.editing.spelling import quoted
from reformkit.loading import BUNDLED, bundled, read
from reformkit.parsing.located_yaml import read_yaml
from reformkit.parsing.report import Report
from reformkit.parsing.source import Source
from reformkit.printing.paper import brief, paper
from reformkit.printing.problems import show_problems
from reformkit.problem import Problem, RulebookError, WrongUse
from reformkit.reading import keywords
from reformkit.terminal.guard import FAULTS
from reformkit.terminal.options import NO_LIBRARY, Language, MeasuresFolder, RulesFolder, folder, known, open_book
from reformkit.text import Lang, Text

_ID_TAKEN = Text("编号 {id} 已有", "the id {id} is taken")
_NO_LIST_OF_RULES = Text(
    "{path} 的规则写在括号里或者还没有，请先改成一行一项", "the rules of {path} stand in brackets or there are none yet"
)
_NO_ID = Text("“{name}”不能作编号：只用文字、数字和 _ - .", "`{name}` is no id: letters, digits and _ - . only")
_ALREADY_THERE = Text("{path} 已有", "{path} is there already")
_NO_FILE_OF_MEASURES = Text("这个方向还没有措施文件", "there is no file of measures for this weak point yet")
_NO_LIST_OF_MEASURES = Text("{path} 的措施写在括号里", "the measures of {path} stand in brackets")
_NO_RULE = Text("这项决策没有规则 {before}", "this decision has no rule {before}")
_NO_DAY = Text("“{since}”不是日期，应为 年-月-日", "`{since}` is no day; write YYYY-MM-DD")
_NO_PAIR = Text("“{pair}”应写成 名称=内容", "`{pair}` should be NAME=VALUE")

_ADDED = Text("已加入 {name}：{path}:{line}", "{name} added: {path}:{line}")
_TO_FILL = Text("还须填写：", "Still to be filled:")
_NAME = re.compile(r"[^\W][\w.\-]*")

Title = Annotated[str | None, typer.Option(help="Title. 标题。", show_default=False)]
When = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FACT=VALUE",
        help="A test; several values with `;`. 条件，可重复；多个取值用；分隔。",
        show_default=False,
    ),
]
Then = Annotated[str | None, typer.Option(help="Outcome. 结论。", show_default=False)]
Because = Annotated[str | None, typer.Option(help="Reason. 理由。", show_default=False)]
At = Annotated[str | None, typer.Option(help="Where it stands. 出处。", show_default=False)]
Since = Annotated[
    str | None, typer.Option(metavar="DATE", help="First day in force; today. 施行日，默认今天。", show_default=False)
]


def rule(
    decision: Annotated[str, typer.Argument(help="Decision, by id or title. 决策。")],
    *,
    id: Annotated[str | None, typer.Option(help="Id; the next free one. 编号，默认顺延。", show_default=False)] = None,
    before: Annotated[
        str | None, typer.Option(metavar="ID", help="Put it before this rule. 加在此规则之前。", show_default=False)
    ] = None,
    title: Title = None,
    when: When = None,
    then: Then = None,
    because: Because = None,
    at: At = None,
    since: Since = None,
    rules: RulesFolder = None,
    lang: Language = "zh",
) -> int:
    """Draft a rule in a decision's file; what is not given is left blank. 在决策文件中起草一条规则。"""
    where = folder(rules) if rules else bundled("rules") / BUNDLED
    path, source = _decision_file(where, decision)
    text = _plain(source.text)
    root = spans(text)
    listed = drafting.ids_of(drafting.under(root, "rules"))
    taken = [
        name
        for other in _decisions(where)
        for name in drafting.ids_of(drafting.under(spans(_plain(other.text)), "rules"))
    ]
    if id is not None and id in taken:
        raise WrongUse(_ID_TAKEN.fill(id=id))
    name = id or drafting.next_id(listed, taken, path.stem.upper())
    place = None if before is None else _place(before, listed)
    file_lang = drafting.language_of(root)
    made = NewRule(
        name,
        _day(since),
        title,
        _tests(when or (), file_lang, where),
        then,
        because,
        at,
        drafting.outcomes_of(root, lang),
    )
    try:
        draft = drafting.rule_draft(made, file_lang, lang, drafting.column_of(text, "rules"))
        new, line = drafting.with_item(text, "rules", draft, place if place is not None else _before_catch_all(text))
    except Odd:
        raise WrongUse(_NO_LIST_OF_RULES.fill(path=path)) from None
    return _finish(path, new, draft, line, name, where, lang)


def decision(
    name: Annotated[str, typer.Argument(help="Id of the decision, and name of its file. 决策的编号，也是文件名。")],
    *,
    title: Title = None,
    hit: Annotated[
        Literal["first", "unique", "any", "priority", "collect"], typer.Option(help="Hit policy. 取用方式。")
    ] = "first",
    outcome: Annotated[
        list[str] | None, typer.Option(metavar="ID=LABEL", help="An outcome. 结论项，可重复。", show_default=False)
    ] = None,
    to: Annotated[Lang, typer.Option(help="Language of the keys. 键用哪种语言。")] = "zh",
    since: Since = None,
    rules: RulesFolder = None,
    lang: Language = "zh",
) -> int:
    """Draft a decision in a file of its own. 起草一项决策，自成一个文件。"""
    where = folder(rules) if rules else bundled("rules") / BUNDLED
    if not _NAME.fullmatch(name):
        raise WrongUse(_NO_ID.fill(name=name))
    path = where / f"{name}.yaml"
    if path.exists():
        raise WrongUse(_ALREADY_THERE.fill(path=path))
    outcomes = dict(_pairs(outcome or ()))
    draft = drafting.decision_draft(name, hit, NewRule(f"{name.upper()}-1", _day(since)), to, lang, title, outcomes)
    return _finish(path, "\n".join(draft.lines) + "\n", draft, 0, name, where, lang)


def measure(
    weak_point: Annotated[str, typer.Argument(help="Weak point, by id or label. 症结方向。")],
    *,
    cause: Annotated[str | None, typer.Option(help="The cause that it answers. 所答症结。", show_default=False)] = None,
    title: Title = None,
    rules: RulesFolder = None,
    measures: MeasuresFolder = None,
    lang: Language = "zh",
) -> int:
    """Draft a measure in the file of its weak point. 在相应方向的文件中起草一项措施。"""
    book = open_book(rules, measures)
    library = book.library
    if library is None:
        raise WrongUse(NO_LIBRARY)
    point = known(weak_point, {p.id: p.label for p in library.weak_points.values()}, Text("症结方向", "weak point"))
    causes = {c.id: c.label for c in library.causes.values()}
    answers = None if cause is None else known(cause, causes, Text("症结", "cause"))
    own = list(library.by_weak_point(point))
    if not own:
        raise WrongUse(_NO_FILE_OF_MEASURES)
    path = Path(own[-1].place.path)
    text = _plain(_source(path).text)
    has_main = any(e.role == "main" and e.when is None for _, e in library.edges.get(answers or "", ()))
    name = drafting.next_id([m.id for m in own], library.measures, point.upper())
    file_lang = drafting.language_of(spans(text))
    try:
        column = drafting.column_of(text, "measures")
        draft = drafting.measure_draft(name, answers, "also" if has_main else "main", file_lang, lang, column, title)
        new, line = drafting.with_item(text, "measures", draft)
    except Odd:
        raise WrongUse(_NO_LIST_OF_MEASURES.fill(path=path)) from None
    where = Path(rules) if rules else bundled("rules") / BUNDLED
    return _finish(path, new, draft, line, name, where, lang)


def _finish(path: Path, new: str, draft: YamlDraft, line: int, name: str, rules: Path, lang: Lang) -> int:
    """Write a file, and say what is still to be filled and what else is wrong with what was given."""
    old = path.read_bytes() if path.exists() else b""
    newline = "\r\n" if b"\r\n" in old else "\n"
    save(path, b"\xef\xbb\xbf" * old.startswith(b"\xef\xbb\xbf") + new.replace("\n", newline).encode())
    blanks = {line + n + 1 for n in draft.blanks}
    shown = brief(str(path))
    console = paper(sys.stdout, lang)
    console.say(_ADDED.fill(name=name, path=shown, line=line + 1))
    if blanks:
        console.say(_TO_FILL)
        for number in sorted(blanks):
            console.say(f"  {number}: {draft.lines[number - 1 - line].strip()}")
    others = [p for p in _problems(rules) if not (Path(p.path).resolve() == path.resolve() and p.line in blanks)]
    show_problems(others, paper(sys.stderr, lang))
    return FAULTS if any(p.severity == "error" for p in others) else 0


def _problems(rules: Path) -> list[Problem]:
    return read(rules)[1]


def _decision_file(rules: Path, word: str) -> tuple[Path, Source]:
    """The file of a decision that is named by id or title."""
    titles: dict[str, Text] = {}
    files: dict[str, Source] = {}
    for source in _decisions(rules):
        root = spans(_plain(source.text))
        name, title = (getattr(drafting.under(root, key), "text", None) for key in ("decision", "title"))
        if name:
            both = drafting.under(root, "title")
            spelt = [getattr(drafting.under(both, lang), "text", title) or name for lang in ("zh", "en")]
            titles.setdefault(name, Text(*spelt))
            files.setdefault(name, source)
    decision = known(word, titles, Text("决策", "decision"))
    return Path(files[decision].path), files[decision]


def _decisions(rules: Path) -> Iterator[Source]:
    """The decision files of a rulebook, as far as they are YAML."""
    for path in sorted(rules.glob("*.yaml")):
        report = Report()
        source = Source.read(path, report)
        tree = read_yaml(source, report) if source else None
        if source is not None and kind_of(path, tree) == "decision":
            yield source


def _source(path: Path) -> Source:
    report = Report()
    source = Source.read(path, report)
    if source is None:
        raise RulebookError(report.problems())
    return source


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _place(before: str, ids: Sequence[str]) -> int:
    if before not in ids:
        raise WrongUse(_NO_RULE.fill(before=before))
    return ids.index(before)


def _before_catch_all(text: str) -> int | None:
    """The number of the last rule if it always holds: under `first`, nothing behind it would ever be looked at."""
    rules = drafting.under(spans(text), "rules")
    items = getattr(rules, "items", [])
    when = drafting.under(items[-1], "when") if items else None
    always = when is not None and getattr(when, "pairs", None) == []
    return len(items) - 1 if always else None


def _day(since: str | None) -> str:
    try:
        return (date.fromisoformat(since) if since else date.today()).isoformat()
    except ValueError:
        raise WrongUse(_NO_DAY.fill(since=str(since))) from None


def _pairs(given: Sequence[str]) -> Iterator[tuple[str, str]]:
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise WrongUse(_NO_PAIR.fill(pair=pair))
        yield name.strip(), value.strip()


def _tests(when: Sequence[str], lang: Lang, rules: Path) -> dict[str, str]:
    """Tests as YAML, by fact; of tags, that one of the values is included."""
    book: Book | None = read(rules)[0]
    tags = {f.name for f in book.rulebook.fields.values() if f.type == "tags"} if book else set()
    tags |= {f.label.zh for f in book.rulebook.fields.values() if f.type == "tags"} if book else set()
    tests = {}
    for fact, value in _pairs(when):
        words = [part.strip() for part in re.split("[;；]", value) if part.strip()]
        bare = [word if re.fullmatch("[0-9-]+|true|false|是|否", word) else quoted(word, False, True) for word in words]
        written = bare[0] if len(bare) == 1 else f"[{', '.join(bare)}]"
        if fact in tags:
            written = f"{{{keywords.spelt('includes_any').say(lang)}: [{', '.join(bare)}]}}"
        tests[fact] = written
    return tests
