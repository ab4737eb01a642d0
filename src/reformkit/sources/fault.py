"""Why something that was named cannot be read as a rulebook."""

from __future__ import annotations

from reformkit.text import Text

A_RULEBOOK = Text("规则册", "rulebook")
_NOTATION = Text(
    "可写：文件夹、.zip 或 .whl 文件、git:版本:文件夹、package:包名/路径、bundled（自带的）",
    "write a folder, a .zip or .whl file, git:REV:FOLDER, package:NAME/path, or bundled",
)


class SourceError(ValueError):
    """A rulebook or a measure library is not where it was said to be, or cannot be taken from there.

    `text` says what is wrong, `fix` how to mend it, both in both languages; `wanted` says what was to be read, and
    `source` from where, if that is no rulebook.
    """

    wanted: Text = A_RULEBOOK
    source: object = None

    def __init__(self, text: Text, fix: Text = _NOTATION) -> None:
        super().__init__(text.en)
        self.text = text
        self.fix = fix

    def __reduce__(self) -> tuple[type[SourceError], tuple[Text, Text]]:
        return SourceError, (self.text, self.fix)
