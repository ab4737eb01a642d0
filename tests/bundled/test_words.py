"""Chinese texts are in an official's words: what officials do not say stands nowhere that people read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

NOT_SAID = {
    "宜过|宜筛|宜再研究|筛除": "建议纳入促改、建议不纳入、建议再研究、经研判不再促改",
    "首位定调": "首先表态定调",
    "正管住|开口子|留口子|两个口子": "针对……薄弱环节予以规范",
    "的要害": "关键是",
    "没做实|把\\w{1,6}做实": "未落实、落实……责任",
    "异人核查": "另派人员交叉核查",
    "没有读到": "未查到直接依据，属管理性要求",
    "由人裁量": "课题报告未作规定，建议由本机关研究决定",
    "“三书”或者其他纪检监察文书之日": "自收到本文书之日起",
    "这些症结": "等症结",
    "审核走形|核实走形": "流于形式",
    "信访未用": "信访举报分析运用不足",
    "数据不通": "数据共享比对不够",
    "100%": "逐件、逐项",
    "(?<![\\d.])0(?:笔|次|件|处|份|人次)": "未发现",
    "处分决定是否在当年作出": "研判日期是哪一天",
    "力气|抓手|收口|识破|根子|摆到|拦不住|可有可无|对得上|看得到": "着重研究、依据、加以规范、查明、根源、公开、不能防止",
    "最后状态": "最新的规则",
    "交接交接|审计交接书|受得到|的的|了了|，，|。。|；；|、、": "（重复的字、标点）",
}
"""What officials do not say, and what they say instead."""

ROOMS = ("measures", "rules", "src/reformkit/reporting", "src/reformkit/wording", "src/reformkit/advising", "examples")
ENDINGS = (".yaml", ".py", ".csv", ".md")
OLD_LABELS = re.compile(r"^\s*was: ")


def lines() -> list[tuple[str, int, str]]:
    """Every line with Chinese in it of what ends up before an official's eyes."""
    found = []
    for room in ROOMS:
        for path in sorted(Path(room).rglob("*")):
            if path.suffix not in ENDINGS or path.name == "references.yaml":
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
                if re.search("[\u4e00-\u9fff]", line) and not OLD_LABELS.match(line):
                    found.append((str(path), number, line))
    return found


LINES = lines()


def test_enough_is_looked_at() -> None:
    assert len(LINES) > 2_500


@pytest.mark.parametrize("words", NOT_SAID)
def test_no_text_says_what_officials_do_not_say(words: str) -> None:
    pattern = re.compile(words)
    said = [f"{path}:{number} {found[0]}" for path, number, line in LINES if (found := pattern.search(line))]
    assert said == [], f"better: {NOT_SAID[words]}"


def test_the_words_of_the_memo_are_looked_at_too() -> None:
    assert any(path.endswith("memo_decisions.py") for path, _, _ in LINES)


PAPERS = [*Path().glob("README*.md"), *Path("docs").glob("*.md"), Path("examples/README.md"), Path("ARCHITECTURE.md")]
TYPED = re.compile(
    r"\b\d+ (?:causes|references|industries|sectors|matters|behaviours)\b|\d+(?:个|项|类|种)(?:症结|行业|系统|引用文件)"
)


@pytest.mark.parametrize("paper", PAPERS, ids=str)
def test_no_paper_types_how_many_causes_or_sectors_there_are(paper: Path) -> None:
    """They are counted where pages are generated, or not said: what is typed is wrong after the next change."""
    assert TYPED.findall(paper.read_text(encoding="utf-8")) == []
