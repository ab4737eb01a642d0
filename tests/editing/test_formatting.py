"""Formatting keeps what a file says and every comment, gives one layout, and goes between the languages and back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import reformkit
from reformkit.editing.formatting import formatted
from reformkit.editing.grammar import FILES, ById, ByKind, Each, Fixed, Record, TextOr
from reformkit.editing.spans import comments, spans
from reformkit.editing.tables import Tables
from reformkit.model.rulebook import Rulebook
from reformkit.reading.rulebook import read_rulebook
from tests.agreement.rulebooks import a_rulebook
from tests.agreement.writing import can_be_written, write
from tests.editing.files import GOOD, ROOT, book, book_of, kind, tables

HOUSE = [path for path in GOOD if not path.is_relative_to(ROOT / "tests")]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: str(path.relative_to(ROOT)))
def test_there_and_back_changes_nothing(path: Path) -> None:
    text, of, known = path.read_text(encoding="utf-8"), kind(path), tables(book_of(path))
    if path in HOUSE:
        assert formatted(text, of, known) == text
    zh = formatted(text, of, known, "zh")
    en = formatted(zh, of, known, "en")
    assert formatted(en, of, known, "zh") == zh
    for done in (zh, en):
        assert formatted(done, of, known) == done
        assert sorted(comments(done, spans(done))) == sorted(comments(text, spans(text)))


def test_every_key_and_fixed_word_of_every_kind_of_file_has_its_own_chinese() -> None:
    records = [(f"{name}: {path}", words) for name, shape in FILES.items() for path, words in _words_of(shape, ())]
    assert len(records) > 60
    for path, words in records:
        assert all("\u4e00" <= word[0] <= "\u9fff" for word in words.values()), (path, words)
        assert len(set(words.values())) == len(words), (path, words)


def _words_of(shape: object, above: tuple[str, ...]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The words of each record and fixed position of a grammar, with where it stands."""
    match shape:
        case Record():
            yield "/".join(above), shape.words
            for key, inner in shape.holds.items():
                yield from _words_of(inner, (*above, key))
        case Fixed():
            yield "/".join(above), shape.words
        case Each(item=inner) | ById(entry=inner) | TextOr(record=inner):
            yield from _words_of(inner, above)
        case ByKind():
            for inner in (shape.scalar, shape.sequence, shape.mapping):
                yield from _words_of(inner, above)


@pytest.mark.parametrize("to", ["zh", "en"])
def test_the_digest_stays(to: str, tmp_path: Path) -> None:
    for name in ("rules", "measures"):
        shutil.copytree(ROOT / name, tmp_path / name)
    files = [path for path in GOOD if path.is_relative_to(ROOT / "rules") or path.is_relative_to(ROOT / "measures")]
    for path in files:
        done = formatted(path.read_text("utf-8"), kind(path), tables(book_of(path)), to)  # type: ignore[arg-type]
        (tmp_path / path.relative_to(ROOT)).write_text(done, encoding="utf-8")
    for rules in (ROOT / "rules").glob("*/rulebook.yaml"):
        again = reformkit.load(tmp_path / rules.parent.relative_to(ROOT))
        assert again.digest == reformkit.load(rules.parent).digest
    if to == "zh":
        text = (tmp_path / "measures/institution.yaml").read_text("utf-8")
        assert "方向: 制度建设薄弱点" in text and "所答症结:" in text and "作用: 主措施" in text
        text = (tmp_path / "rules/jiuyuan/startup.yaml").read_text("utf-8")
        assert "机关层级: [乡镇级, 县级]" in text and "authority_level" not in text


@pytest.mark.parametrize("to", ["zh", "en"])
def test_cases_and_fixtures_stay_the_same(to: str, tmp_path: Path) -> None:
    for path in GOOD:
        if kind(path) not in ("cases", "fixtures") or path.is_relative_to(ROOT / "tests/bad"):
            continue
        new, own = tmp_path / path.name, book_of(path)
        new.write_text(formatted(path.read_text("utf-8"), kind(path), tables(own), to), encoding="utf-8")  # type: ignore[arg-type]
        if kind(path) == "cases":
            assert own.read_cases(new) == own.read_cases(path)
        else:
            assert own.read_fixtures(new) == own.read_fixtures(path)


# --- generated rulebooks --------------------------------------------------------------------------------


@settings(max_examples=settings().max_examples // 4)
@given(st.data())
def test_generated_rulebooks_keep_their_meaning(data: st.DataObject) -> None:
    rulebook = data.draw(a_rulebook(decisions=2))
    assume(can_be_written(rulebook))
    with TemporaryDirectory() as name:
        folder = Path(name)
        write(rulebook, folder, data.draw(st.booleans()))
        for path in folder.glob("*.yaml"):
            _dress(path, data)
        read, _, _ = read_rulebook(folder)
        assume(read is not None)
        assert read is not None
        for to in (data.draw(st.sampled_from(["zh", "en", None])), "zh"):
            for path in folder.glob("*.yaml"):
                text = path.read_text("utf-8")
                new = formatted(text, kind(path), Tables(read, None), to)
                assert formatted(new, kind(path), Tables(read, None), to) == new
                assert sorted(comments(new, spans(new))) == sorted(comments(text, spans(text)))
                path.write_text(new, encoding="utf-8")
            assert _without_places(read_rulebook(folder)[0]) == _without_places(read)


def _without_places(rulebook: Rulebook | None) -> object:
    assert rulebook is not None
    return rulebook.model_dump(mode="json")


def _dress(path: Path, data: st.DataObject) -> None:
    """Write a file with another indentation, and comments and blank lines between and behind its lines."""
    said = yaml.safe_load(path.read_text("utf-8"))
    style = {"indent": data.draw(st.integers(2, 5)), "default_flow_style": data.draw(st.sampled_from([False, None]))}
    width = data.draw(st.sampled_from([20, 1000]))
    text = yaml.dump(said, allow_unicode=True, sort_keys=False, width=width, **style)
    lines = []
    for i, line in enumerate(text.split("\n")[:-1]):
        if data.draw(st.integers(0, 4)) == 0:
            lines.append(" " * data.draw(st.integers(0, 6)) + f"# 注{i}" if data.draw(st.booleans()) else "")
        lines.append(line + (f"  # 末{i}" if data.draw(st.integers(0, 4)) == 0 and line[-1:] not in "'\"" else ""))
    dressed = "\n".join(lines) + "\n"
    try:
        assume(yaml.safe_load(dressed) == said)
    except yaml.YAMLError:
        return
    path.write_text(dressed, encoding="utf-8")


# --- traps ----------------------------------------------------------------------------------------------


def _decision(text: str, to: str | None) -> str:
    return formatted(text, "decision", tables(book()), to)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "to", "wanted"),
    [
        (
            "decision: startup\nrules:\n- {id: A, then: 'no'}\n",
            "zh",
            "决策: startup\n规则:\n  - {编号: A, 结论: 不启动}\n",
        ),
        ("决策: startup\n其余: 不启动\n", "en", 'decision: startup\notherwise: "no"\n'),
        ("decision: startup\nrules:\n  - id: no\n", None, 'decision: startup\nrules:\n  - id: "no"\n'),
        ("decision: startup\nrules:\n  - id: 007\n", None, 'decision: startup\nrules:\n  - id: "007"\n'),
        ("rules:\n- since: 2022-01-01\n  id: A # 末\n", None, "rules:\n  - id: A  # 末\n    since: 2022-01-01\n"),
        (
            "rules:\n- when:\n    # 先问\n    typical: true # 是\n    people_involved: '3'\n",
            "zh",
            "规则:\n  - 条件:\n      # 先问\n      具有典型意义: 是  # 是\n      涉案人数: 3\n",
        ),
        (
            "rules:\n  - then: start\n    # 编号\n    id: A\n  # 尾\n\n  # 下一条\n  - id: B\n",
            None,
            "rules:\n  # 编号\n  - id: A\n    then: start\n  # 尾\n\n  # 下一条\n  - id: B\n",
        ),
        (
            "rules:\n    - because: |\n        第一行\n          第二行 # 不是注释\n\n        第三行\n      id: A\n",
            None,
            "rules:\n  - id: A\n    because: |\n      第一行\n        第二行 # 不是注释\n\n      第三行\n",
        ),
        (
            "rules:\n  - id: A\n    when: {stage: [sanctioned,   closed_without_sanction],form : {not: first}}\n",
            None,
            "rules:\n  - id: A\n    when: {stage: [sanctioned, closed_without_sanction], form: {not: first}}\n",
        ),
        (
            "rules:\n - id: A\n   when: {stage: [sanctioned, # 一\n      closed_without_sanction]}\n",
            "zh",
            "规则:\n  - 编号: A\n    条件: {阶段: [已作处分决定, # 一\n       未予处分结案]}\n",
        ),
        ("title: '一： 二 # 三'\ndecision: a\n", "zh", "决策: a\n标题: '一： 二 # 三'\n"),
    ],
)
def test_traps(text: str, to: str | None, wanted: str) -> None:
    assert _decision(text, to) == wanted
    assert _decision(wanted, to) == wanted


def test_unknown_and_empty_stay_what_they_are() -> None:
    text = "- id: A\n  form:\n  stage: ~\n  findings: []\n  unit: 'null'\n  region: 否\n  typical: 否\n"
    zh = formatted(text, "cases", tables(book()), "zh")
    assert (
        zh
        == "- 编号: A\n  处置形态:\n  阶段: ~\n  剖析发现: []\n  案发单位: 'null'\n  所在旗县区: 否\n  具有典型意义: 否\n"
    )
    assert formatted(zh, "cases", tables(book()), "en") == text.replace("具有典型意义: 否", "typical: false").replace(
        "typical: 否", "typical: false"
    )


def test_a_file_of_comments_only_stays() -> None:
    assert _decision("# 一\n\n# 二\n", "zh") == "# 一\n\n# 二\n"
