"""PyYAML's parser in Python, for where its C parser is not (a browser): it takes a question mark in a flow, as the C parser does."""

from __future__ import annotations

from typing import Any

import yaml

_BLANK = "\0 \t\r\n\x85\u2028\u2029"


class PureLoader(yaml.SafeLoader):
    """`yaml.SafeLoader` with libyaml's end of a plain scalar: `{zh: 是不是？, en: Is it?}` is one mapping in both."""

    # INVARIANT: the events are those of `yaml.CSafeLoader`, marks and all, for every text that both can read.

    def scan_plain(self) -> Any:
        """One plain scalar, as PyYAML scans it but for the question mark."""
        scanner: Any = self
        chunks: list[str] = []
        spaces: list[str] = []
        start = end = scanner.get_mark()
        indent = scanner.indent + 1
        while scanner.peek() != "#":
            length = 0
            while not self._ends(length):
                length += 1
            if length == 0:
                break
            scanner.allow_simple_key = False
            chunks += [*spaces, scanner.prefix(length)]
            scanner.forward(length)
            end = scanner.get_mark()
            spaces = scanner.scan_plain_spaces(indent, start)
            if not spaces or (not scanner.flow_level and scanner.column < indent):
                break
        return yaml.ScalarToken("".join(chunks), True, start, end)

    def _ends(self, ahead: int) -> bool:
        """Whether the scalar ends before the character that stands so far ahead."""
        scanner: Any = self
        character = scanner.peek(ahead)
        if character == ":":
            return scanner.peek(ahead + 1) in _BLANK + (",[]{}" if scanner.flow_level else "")
        return character in _BLANK or (bool(scanner.flow_level) and character in ",[]{}")
