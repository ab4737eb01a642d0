"""A public name or signature that changes is seen in tests/names.txt (`python -m tests.names` writes it anew)."""

from __future__ import annotations

from difflib import unified_diff

from tests.names import FILE, names


def test_public_names_and_their_signatures_are_those_of_the_file() -> None:
    kept = FILE.read_text(encoding="utf-8").splitlines()
    changed = list(unified_diff(kept, list(names()), "tests/names.txt", "now", lineterm="", n=0))
    assert changed == [], "\n".join([*changed, "if this is meant: python -m tests.names, and tell it in CHANGELOG.md"])
