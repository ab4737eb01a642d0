"""Every narrative among the fixtures gets advice that fits it and no other: unit, finding, criterion."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import reformkit as rk
from reformkit.wording.values import quote

NARRATIVES = sorted((Path(__file__).parents[1] / "cases" / "narratives").glob("*.cases.yaml"))
ACCEPTED: dict[rk.Lang, str] = {"zh": "验收：", "en": "Accepted when: "}
PAPERS: dict[rk.Lang, re.Pattern[str]] = {"zh": re.compile("（查.+?）"), "en": re.compile(r"\(see .+?\)")}
MEASURED: dict[rk.Lang, re.Pattern[str]] = {
    "zh": re.compile(r"\d|逐|全部|均|每|未发现"),
    "en": re.compile(r"\d|\b(?:all|each|every|one by one|no|none)\b"),
}
"""What a criterion is measured by: a number where a sample needs one, else that all were done or none was found."""


@pytest.mark.parametrize("file", NARRATIVES, ids=lambda file: file.name.split(".")[0])
def test_every_recommendation_names_the_unit_the_finding_and_a_criterion(book: rk.Book, file: Path) -> None:
    read = 0
    for a in (result.assessment for result in rk.run_fixtures(book, file).results):
        unit = str(a.case.facts["unit"])
        for r in a.recommendations:
            answered = [f.evidence for f in a.case.findings or () if f.cause in r.covers and f.evidence]
            for lang, accepted in ACCEPTED.items():
                said = r.say(lang)
                where = (a.case.id, r.measure.id, said)
                assert unit in said, where
                assert answered, where
                assert any(quote(words.strip("。")).zh in said for words in answered), where
                criteria = said.partition(accepted)[2]
                assert PAPERS[lang].search(criteria), where
                assert MEASURED[lang].search(PAPERS[lang].sub("", criteria)), where
                read += 1
    assert read
