"""Keys made of text are compared in one normal form through every way in; ids are nobody's to merge."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reformkit as rk
from reformkit.files.opening import read_cases
from reformkit.reading.keys import AS_IT_IS, PLAIN, key_of, oddity
from tests.books import bundled_book

HIDDEN = "\u200b\ufeff\u202a\u00ad\ufe00\u2060\u034f\u2800"
WORDS = st.text(st.sampled_from("九原区某局Aa1（）()·〇 \u3000\u00a0\t\n" + HIDDEN + "Ａ①○•・"), max_size=8)
FACTS = {"origin": "filed_case", "authority_level": "county", "industry": "supply_coop", "township": "区直"}
FOUND = {
    "filed_on": "2022-03-01",
    "coordinator_gate": "passed",
    "stage": "under_investigation",
    "personal_conduct_only": False,
    "causes": ["institution.asset_rules"],
}


@given(WORDS | st.text(max_size=8))
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    key = key_of(text)
    assert key_of(key) == key
    assert key == key.strip()
    assert not any(char in HIDDEN or unicodedata.category(char) == "Cc" for char in key)


@given(WORDS)
def test_what_differs_from_its_normal_form_is_said_but_for_punctuation(text: str) -> None:
    written = text.strip()
    spared = written.replace("（", "(").replace("）", ")")
    assert (oddity(written) is None) == (key_of(written) == spared)


def test_patterns_of_plain_texts_hold_no_character_that_is_compared_as_another() -> None:
    for code in range(0x21, 0x10000):
        char = chr(code)
        series = pl.Series([char]) if not 0xD800 <= code < 0xE000 else None
        if series is not None and code % 97 == 0:  # Polars reads the patterns as Python does
            assert series.str.contains(AS_IT_IS)[0] == _matches(AS_IT_IS, char)
        if _matches(AS_IT_IS, char):
            assert unicodedata.normalize("NFKC", char) == char
        elif _matches(PLAIN, char):
            assert unicodedata.category(char)[0] in "PS" and key_of(char) != char


def _matches(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text) is not None


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return bundled_book()


def layers(book: rk.Book, regions: tuple[str, str]) -> list[list[Any]]:
    """The layer of two cases of one sector, told in every way that counts."""
    cases = [{"id": f"C-{i}", **FACTS, **FOUND, "region": region} for i, region in enumerate(regions)]
    one = [book.assess(case, history=cases).layer.outcome for case in cases]
    many = [a.layer.outcome for a in book.assess_many(cases, history=cases)]
    frame = book.assess_frame(pl.DataFrame(cases), "self")["layer"].to_list()
    with book.session(by="compiled") as session:
        for case in cases:
            session.tell(case["id"], {name: value for name, value in case.items() if name != "id"})
        told = [session[case["id"]].layer.outcome for case in cases]
    return [one, many, frame, told]


@pytest.mark.parametrize(
    "other", [f"九原区{char}" for char in HIDDEN] + ["九原区 ", " 九原区", "九 原区", "九原\n区", "九原区\u3000"]
)
def test_a_region_is_one_region_however_it_is_typed(book: rk.Book, other: str) -> None:
    same = layers(book, ("九原区", "九原区"))
    assert same[0] == same[1] == same[2] == same[3]
    assert layers(book, ("九原区", other)) == same
    assert layers(book, ("九原区", "青山区")) != same


def test_regions_that_are_not_known_are_no_place(book: rk.Book) -> None:
    for word in ("不详", "待查", "/", "N/A", "null", "－", "暂无", "同上", "〃"):
        unknown = layers(book, (word, word))
        assert unknown == layers(book, (None, None)), word  # type: ignore[arg-type]
        assert unknown != layers(book, ("九原区", "九原区"))


def test_what_a_spreadsheet_writes_for_a_failed_formula_is_no_place_through_any_way_in(
    book: rk.Book, tmp_path: Path
) -> None:
    for word in ("#N/A", "#REF!", " #value! "):
        case = {"id": "C-1", **FACTS, **FOUND, "region": word}
        with pytest.raises(rk.CaseError, match="RK135"):
            book.assess(case)
        frame = book.assess_frame(pl.DataFrame([case, {**case, "id": "C-2", "region": "九原区"}]), "self")
        assert frame["layer"].to_list() == [None, "point"]
        path = tmp_path / "cases.csv"
        path.write_text(f"编号,所在旗县区\nC-1,{word}\nC-2,九原区\n", encoding="utf-8")
        found = read_cases(str(path), book.rulebook)
        assert [case.id for case in found.cases] == ["C-2"]
        assert [problem.code for problem in found.problems] == ["RK135"]


def test_a_text_is_shown_as_it_is_written_and_said_where_it_is_odd(book: rk.Book) -> None:
    case = {"id": "A-1", **FACTS, **FOUND, "unit": "某局（东）\u200b处", "region": "不详"}
    assessment = book.assess(case)
    assert assessment.case.facts["unit"] == "某局（东）\u200b处"
    assert assessment.facts["unit"] == "某局(东)处"
    assert "某局（东）\u200b处" in assessment.recommendations[0].text
    assert [(p.code, p.fact) for p in assessment.problems] == [("RK801", "unit"), ("RK803", "region")]
    assert [p["code"] for p in assessment.to_dict()["problems"]] == ["RK801", "RK803"]
    assert book.replay(assessment.receipt()) == []
    checked = book.check_frame(pl.DataFrame([case]))
    assert sorted(checked["code"]) == ["RK801", "RK803"]


# --- ids -----------------------------------------------------------------------------------------------


def refused(book: rk.Book, cases: list[dict[str, Any]]) -> list[tuple[str, str]]:
    with pytest.raises(rk.CaseError) as error:
        book.assess({"id": "other", **FACTS}, history=cases)
    return [(p.code, str(p.place)) for p in error.value.problems]


def test_each_case_of_a_history_has_an_id_of_its_own(book: rk.Book) -> None:
    assert refused(book, [{**FACTS}, {"id": "A", **FACTS}, {"id": None, **FACTS}]) == [
        ("RK121", "<history>:1:1"),
        ("RK121", "<history>:3:1"),
    ]
    assert refused(book, [{"id": "A"}, {"id": "B"}, {"id": "A "}]) == [("RK172", "<history>:3:1")]
    assert refused(book, [{"id": "JY-①"}, {"id": "JY-1"}]) == [("RK805", "<history>:2:1")]


def test_all_that_is_wrong_with_a_history_is_said_at_once(book: rk.Book) -> None:
    bad = [{"id": "A", "form": "fifth"}, {"form": "second"}, {"id": "B"}, {"id": "B"}]
    assert [code for code, _ in refused(book, bad)] == ["RK130", "RK121", "RK172"]


def test_a_number_is_an_id_and_nought_is_one(book: rk.Book) -> None:
    assert book.assess({"id": 0, **FACTS}).case.id == "0"
    assert refused(book, [{"id": 0}, {"id": "0"}]) == [("RK172", "<history>:2:1")]
    frame = book.assess_frame(pl.DataFrame([{"id": 0, **FACTS}, {"id": 1, **FACTS}]), "self")
    assert "problem" not in frame["layer_status"].to_list()


def test_the_case_assessed_may_lack_an_id_and_is_then_none_of_the_history(book: rk.Book) -> None:
    cases = [{"id": f"C-{i}", **FACTS, **FOUND, "region": "九原区"} for i in range(2)]
    nameless = {name: value for name, value in cases[0].items() if name != "id"}
    counts = book.assess(nameless, history=cases).counts.values()
    assert any(set(count.counted) >= {"C-0", "C-1"} for count in counts)


def test_rows_without_an_id_of_their_own_are_marked_where_signals_are_counted(book: rk.Book) -> None:
    rows = [{"id": id, **FACTS, **FOUND, "region": "九原区"} for id in ("A", None, "A", "JY-①", "JY-1", "B")]
    frame = pl.DataFrame(rows)
    made = book.assess_frame(frame, "self", counted=True)
    assert [status == "problem" for status in made["layer_status"]] == [False, True, True, False, True, False]
    said = book.check_frame(frame, "self").filter(pl.col("severity") == "error")
    assert list(zip(said["row"], said["code"], strict=True)) == [(1, "RK121"), (2, "RK172"), (4, "RK805")]
    assert book.check_frame(frame).filter(pl.col("severity") == "error").height == 0
    with pytest.raises(rk.CaseError):
        book.assess_frame(frame, "self", on_problem="raise")


def test_a_session_knows_a_case_by_one_spelling_of_its_id(book: rk.Book) -> None:
    with book.session(by="compiled") as session:
        session.tell("JY-1", FACTS)
        session.tell(" JY-1 ", region="九原区")
        assert list(session) == ["JY-1"]
        with pytest.raises(rk.CaseError, match="RK805"):
            session.tell("JY-①", region="九原区")
        session.forget("JY-1")
        session.tell("JY-①", region="九原区")


def test_files_name_both_spellings_of_an_id(book: rk.Book, tmp_path: Path) -> None:
    rows = [{"id": "JY-①", "unit": "某局"}, {"id": "JY-1", "unit": "某局"}, {"id": "JY-1 ", "unit": "某局"}]
    (tmp_path / "a.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    found = [p for p in read_cases(tmp_path / "a.jsonl", book.rulebook).problems if p.severity == "error"]
    assert [(p.code, p.line) for p in found] == [("RK805", 2), ("RK805", 3)]
    assert "JY-①" in found[0].message("en") and "JY-1" in found[0].message("en")


@pytest.mark.parametrize("rows", [1, 2, 3, 100])
def test_spellings_are_noticed_across_the_batches_of_a_file(
    rows: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reformkit.files.assessed import FrameFiles
    from reformkit.files.parquet import ParquetCases

    words = ["九原区", "青山区", "九原区", "九 原区", "昆都仑区", "九 原区", "青山\u200b区"]
    frame = pl.DataFrame({"id": [f"A-{n}" for n in range(len(words))], "county": words}).rename({"county": "region"})
    path = tmp_path / "cases.parquet"
    frame.write_parquet(path)
    book = bundled_book()
    monkeypatch.setattr(ParquetCases.frames, "__defaults__", (rows, None))
    found = [(p.line, p.values["first"].zh) for p in read_cases(path, book.rulebook).problems if p.code == "RK802"]
    assert found == [(4, "第 1 行"), (7, "第 2 行")]
    monkeypatch.setattr("reformkit.files.assessed.ROWS", rows)
    said = [bad.problem for part in FrameFiles(book, [path]).assessed(None, None) for bad in part.bad]
    assert [(p.line, p.values["first"].zh) for p in said if p.code == "RK802"] == found


@pytest.mark.parametrize(
    ("responsible", "is_own"), [("某 供销社（ 东）", True), ("某供销社(东)", True), ("某局", False)]
)
def test_a_unit_that_is_responsible_for_itself_is_told_by_its_key(responsible: str, is_own: bool) -> None:
    a = bundled_book().assess({"unit": "某供销社（东）", "responsible_unit": responsible, **FOUND})
    assert ("督促某供销社（东）" in a.recommendations[0].words.zh) is not is_own
    assert (f"督促：{responsible}" in a.explain("zh")) is not is_own
