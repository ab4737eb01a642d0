"""Digests of what a rulebook and its library say: a receipt, a journal and a memo name them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
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
    """The digest of each part: `rules`, and `library` where there is one.

    Every node says of what kind it is (`all`, `any`, `test`, …), so that any edit of what is meant changes the
    digest of its part; comments, places and the language that it was written in do not.
    """
    found = {"rules": digest_of(rulebook)}
    if library is not None:
        found["library"] = digest_of(library)
    return MappingProxyType(found)


def sections(rulebook: Rulebook, library: Library | None) -> dict[str, str]:
    """A short digest of each section of a rulebook and of its measures, by which to say what has changed."""
    dump = rulebook.model_dump(mode="json")
    said = {name: part for name, part in dump.items() if name not in ("node", "name", "version", "decisions")}
    said |= {f"decision {name}": table for name, table in dump["decisions"].items()}
    said["measures"] = library
    return {name: digest_of(section)[:16] for name, section in said.items()}
