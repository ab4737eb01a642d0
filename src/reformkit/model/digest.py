"""Digests of what a rulebook and its library say: a receipt, a journal and a memo name them.

`digests` has the parts that an assessment follows from. How items are carried out, written to and counted has digests of
its own, so that an edit there does not make an assessment look like another's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from reformkit.model.library import Library
from reformkit.model.node import Node
from reformkit.model.rulebook import Rulebook


def digest_of(said: object) -> str:
    """The SHA-256 of a node, or of plain data, as compact JSON in the order in which it is held."""
    plain = said.model_dump(mode="json") if isinstance(said, Node) else said
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digests(rulebook: Rulebook, library: Library | None) -> Mapping[str, str]:
    """The digest of each part that decides: `rules`, and `library` where there is one.

    Every node says of what kind it is (`all`, `any`, `test`, …), so that any edit of what is meant changes the
    digest of its part; comments, places and the language that it was written in do not.
    """
    of_parts = {"rules": digest_of(rulebook)}
    if library is not None:
        of_parts["library"] = digest_of(library)
    return MappingProxyType(of_parts)


def practice_digests(rulebook: Rulebook) -> Mapping[str, str]:
    """The digest of each part that a ledger follows: `procedures`, `letters`, `figures`, `integrity`, as there are.

    That of letters holds their templates too, each as it stands in its file now; where they stand does not count.
    """
    found = {}
    if rulebook.procedures is not None:
        found["procedures"] = digest_of(rulebook.procedures)
    if rulebook.letters is not None:
        letters = rulebook.letters
        said = letters.model_dump(mode="json", exclude={"folder"})
        templates = {kind.id: _file_digest(letters.template_of(kind)) for kind in letters.kinds.values()}
        found["letters"] = digest_of({**said, "templates": templates})
    if rulebook.figures is not None:
        found["figures"] = digest_of(rulebook.figures)
    if rulebook.integrity is not None:
        found["integrity"] = digest_of(rulebook.integrity)
    return MappingProxyType(found)


def _file_digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def sections(rulebook: Rulebook, library: Library | None) -> dict[str, str]:
    """A short digest of each section of a rulebook and of its measures, by which to say what has changed."""
    dump = rulebook.model_dump(mode="json")
    said = {name: part for name, part in dump.items() if name not in ("node", "name", "version", "decisions")}
    said |= {f"decision {name}": table for name, table in dump["decisions"].items()}
    said["measures"] = library
    return {name: digest_of(section)[:16] for name, section in said.items()}
