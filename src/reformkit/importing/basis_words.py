"""What a rule or parameter rests on, from the cells of a row, and as YAML."""

from __future__ import annotations

from collections.abc import Mapping

from reformkit.editing.spelling import quoted
from reformkit.grid.decision_plan import KINDS
from reformkit.parsing.report import Report
from reformkit.problem import Place
from reformkit.reading import keywords
from reformkit.text import Lang, Text

_NO_KIND = Text(
    "“{word}”不是依据的性质，可用：报告、法规、惯例、假设",
    "`{word}` is no kind of basis; use report, law, practice or assumption",
)
_KIND_NEEDED = Text("写了出处，须同时写性质", "where a place is given its kind is needed too")


def basis_of(words: Mapping[str, str], place: Place, report: Report) -> dict[str, str] | None:
    """Kind (as an id) and place of a basis; nothing for none, None and a problem where it is not whole."""
    if not words.get("kind"):
        if words.get("at"):
            report.add("RK873", place, reason=_KIND_NEEDED)
            return None
        return {}
    kinds = {word: kind for kind, label in KINDS.items() for word in (kind, label.zh, label.en)}
    kind = kinds.get(words["kind"])
    if kind is None:
        report.add("RK873", place, reason=_NO_KIND.fill(word=words["kind"][:40]))
        return None
    return {"kind": kind, **({"at": words["at"]} if words.get("at") else {})}


def basis_words(written: Mapping[str, str], lang: Lang) -> dict[str, str]:
    """A basis as YAML, by key."""
    said = {"kind": KINDS[written["kind"]].say(lang)}
    return said | ({"at": quoted(written["at"], False, True)} if "at" in written else {})


def basis_in_braces(written: Mapping[str, str], lang: Lang) -> str:
    """A basis as YAML in one line."""
    return in_braces(basis_words(written, lang), lang)


def in_braces(pairs: Mapping[str, str], lang: Lang) -> str:
    """A mapping as YAML in one line."""
    return f"{{{', '.join(f'{keywords.spelt(key).say(lang)}: {value}' for key, value in pairs.items())}}}"
