"""One finding of a case: what a mapping says of it, wherever the case stands."""

from __future__ import annotations

from reformkit.model.case import Finding, FoundUnit
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Field
from reformkit.parsing.report import Report
from reformkit.parsing.tree import Scalar, Tree
from reformkit.reading import keywords
from reformkit.reading.form import Form, mapping_of, quoted, words_of
from reformkit.reading.keywords import Keys
from reformkit.reading.values import Lexicon
from reformkit.reading.words import Words
from reformkit.text import Text

FINDING = Keys(
    Text("剖析发现", "a finding"), must=("cause",), may=("matter", "evidence", "unit", "unit_kind", "industry")
)

_EVIDENCE = quoted("证据", "evidence")


class FindingReader:
    """Turns located trees into findings, over the causes and matters of a rulebook."""

    def __init__(self, rulebook: Rulebook, lexicon: Lexicon, report: Report) -> None:
        vocabulary = rulebook.vocabulary
        self.fields = vocabulary.finding_fields
        self.words = Words(
            keywords.with_chinese(FINDING.must + FINDING.may),
            also={field.label.zh: name for name, field in self.fields.items()},
        )
        self._causes = vocabulary.gathered.get("cause")
        self._of_unit = vocabulary.unit_fields
        self._lexicon = lexicon
        self._of_findings = Lexicon(self.fields, report, unknown=vocabulary.unknown_words)
        self._report = report

    def finding(self, node: Tree) -> Finding | None:
        """A finding, or None and its problems."""
        mapping = mapping_of(node, FINDING.what, self._report)
        if mapping is None:
            return None
        form = Form(mapping, FINDING, self._report, self.words)
        cause = self._word(form, "cause", self._causes)
        matter = self._word(form, "matter", self._of_findings.fields.get("matter"))
        said = None if is_unknown(form.get("evidence")) else form.scalar("evidence")
        evidence = None if said is None else self.evidence(said)
        other = {key: self._word(form, key, self._of_unit.get(key)) for key in FoundUnit._fields}
        return None if cause is None else Finding(cause=cause, matter=matter, evidence=evidence, **other)

    def _word(self, form: Form, key: str, field: Field | None) -> str | None:
        """A value of the fact that a finding's key stands for; any words, if the vocabulary has no such fact."""
        if key != "cause" and is_unknown(form.get(key)):
            return None
        word = form.scalar(key)
        return None if word is None else self._value(key, field, word)

    def evidence(self, said: Scalar) -> str | None:
        """The words of an evidence, or None and its problem."""
        return words_of(said, _EVIDENCE, self._report)

    def value(self, key: str, word: Scalar) -> str | None:
        """What a word says under a key that stands for a fact, or None and its problem."""
        field = self._causes if key == "cause" else self._of_findings.fields.get(key)
        return self._value(key, field, word) if word.text.strip() else None

    def _value(self, key: str, field: Field | None, word: Scalar) -> str | None:
        if field is None:
            return words_of(word, quoted(keywords.spelt(key).zh, key), self._report)
        lexicon = self._of_findings if field.of_finding else self._lexicon
        value = lexicon.value(word, field)
        return None if value is None else str(value)


def is_unknown(node: Tree | None) -> bool:
    """Whether nothing stands there, or a word for nothing."""
    return node is None or (isinstance(node, Scalar) and node.is_null)
