"""View models to pages: a `Text` that stands in a template is said in the language of whoever reads it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from reformkit.desk import page_words
from reformkit.text import Lang, Text, visible

TAG = Text("zh-CN", "en")
"""The language of a page, as HTML has it."""


def rendered(template: str, said_in: Lang, **values: Any) -> str:
    """A page, or a piece of one."""
    return _environment(said_in).get_template(template).render(**values)


@cache
def _environment(said_in: Lang) -> Environment:
    def said(value: object) -> object:
        if isinstance(value, Text):
            return visible(value.say(said_in), keep="\n")
        return visible(value, keep="\n\t") if type(value) is str else value

    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        finalize=said,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["w"] = page_words
    environment.globals["tag"] = TAG
    return environment


def _template(name: str) -> str:
    """A template by its name; `package:name` is one of another room."""
    package, _, file = name.rpartition(":")
    return (files(package or "reformkit.desk") / "templates" / file).read_text("utf-8")
