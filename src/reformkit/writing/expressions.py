"""What may stand in a tag: names of fields, their parts, for, if, and the named filters, by an allow-list.

A sandbox would be too weak: it lets `'a' * 10**9` and `range(10**12)` through. Here everything is refused that is
not on the list, so a template always ends, stays small, and reads nothing but the fields that it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from reformkit.parsing import lookalikes
from reformkit.reading.words import Words
from reformkit.text import Text
from reformkit.writing.filters import FILTERS

_SUCH_A_FOR = Text("这样的 for：{words}", "such a for: {words}")
_LOOP_VARIABLE = Text("与字段同名的循环变量“{name}”", "a loop variable with a field's name, `{name}`")
_ARGUMENTS = Text("“{name}”后面的括号", "arguments of `{name}`")
_THIS = Text("这种写法（{name}）", "this ({name})")

Say = Callable[..., None]
"""Reports a problem of the tag that is looked at: a code and the values of its message."""

MOST_CHARACTERS = 120
_LOOP = {"index": "number", "first": "flag", "last": "flag"}
_ENVIRONMENT = Environment(autoescape=True)

_CALLED = {
    nodes.Call: Text("函数调用", "a call"),
    nodes.Const: Text("文字或数字常量", "a literal"),
    nodes.TemplateData: Text("文字常量", "a literal"),
    nodes.Getitem: Text("方括号取值", "a subscript"),
    nodes.Slice: Text("切片", "a slice"),
    nodes.Compare: Text("比较", "a comparison"),
    nodes.BinExpr: Text("运算", "arithmetic"),
    nodes.UnaryExpr: Text("运算", "arithmetic"),
    nodes.Test: Text("is 检验", "a test by is"),
    nodes.CondExpr: Text("行内 if", "an inline if"),
    nodes.Literal: Text("列表等常量", "a literal list"),
    nodes.Concat: Text("拼接", "a concatenation"),
}
_SHAPES = {
    "words": Text("一项文字", "one text"),
    "day": Text("日期", "a day"),
    "number": Text("数字", "a number"),
    "flag": Text("是否", "a yes or no"),
    "list": Text("清单", "a list"),
    "entries": Text("逐项的清单", "a list of entries"),
    "entry": Text("清单中的一项", "an entry of a list"),
}


@dataclass(frozen=True)
class FieldEntry:
    """What a loop's variable is: one entry of a list, with the shapes of its parts."""

    parts: Mapping[str, str]


Shape = str | Mapping[str, str] | FieldEntry


@dataclass
class Scope:
    """What may be named at one place of a template, and what was named so far."""

    names: Mapping[str, Shape]
    optional: frozenset[str] = frozenset()
    guarded: frozenset[str] = frozenset()
    used: set[tuple[str, str | None]] = field(default_factory=set)
    owners: Mapping[str, str] = field(default_factory=dict)

    def within(self, names: Mapping[str, Shape], owners: Mapping[str, str]) -> Scope:
        """The scope of a loop's body."""
        return Scope({**self.names, **names}, self.optional, self.guarded, self.used, {**self.owners, **owners})

    def knowing(self, guarded: frozenset[str]) -> Scope:
        """The scope of an if's body: these fields are there."""
        return Scope(self.names, self.optional, self.guarded | guarded, self.used, self.owners)


def check_field(said: str, scope: Scope, say: Say) -> None:
    """Check what stands in `{{ }}`: one text, day or number, or a list made one text by a filter."""
    parsed = _parsed("{{" + said + "}}", said, say)
    if parsed is None:
        return
    output = parsed.body[0] if len(parsed.body) == 1 else None
    if not isinstance(output, nodes.Output) or len(output.nodes) != 1:
        say("RK725", word=said.strip(), what=Text("是空的", "it is empty"))
        return
    node = output.nodes[0]
    shape = _shape(node, scope, say)
    if shape is not None and shape not in ("words", "day", "number", "unknown"):
        say("RK728", word=said.strip(), found=_called(shape), want=_SHAPES["words"])
    bare = node.node if isinstance(node, nodes.Filter) else node
    if isinstance(bare, nodes.Name) and bare.name in scope.optional and bare.name not in scope.guarded:
        say("RK729", word=bare.name)


def check_loop(said: str, scope: Scope, say: Say) -> Scope:
    """Check `for … in …`; the scope of its body."""
    parsed = _parsed("{%" + said + "%}{% endfor %}", said, say)
    loop = parsed.body[0] if parsed and len(parsed.body) == 1 else None
    if not isinstance(loop, nodes.For):
        return scope
    if not isinstance(loop.target, nodes.Name) or loop.test is not None or loop.recursive:
        say("RK724", what=_SUCH_A_FOR.fill(words=said.strip()))
        return scope
    name = loop.target.name
    if name in scope.names or name == "loop":
        say("RK724", what=_LOOP_VARIABLE.fill(name=name))
    shape = _shape(loop.iter, scope, say)
    if isinstance(shape, Mapping):
        owner = loop.iter.name if isinstance(loop.iter, nodes.Name) else ""
        return scope.within({name: FieldEntry(shape), "loop": FieldEntry(_LOOP)}, {name: owner})
    if shape is not None and shape not in ("list", "unknown"):
        say("RK728", word=_said(loop.iter), found=_called(shape), want=_SHAPES["list"])
    return scope.within({name: "words" if shape == "list" else "unknown", "loop": FieldEntry(_LOOP)}, {})


def check_condition(said: str, scope: Scope, say: Say) -> Scope:
    """Check `if …`; the scope of its body, in which the fields that it asks for are known to be there."""
    parsed = _parsed("{%" + said + "%}{% endif %}", said, say)
    condition = parsed.body[0] if parsed and len(parsed.body) == 1 else None
    if not isinstance(condition, nodes.If):
        return scope
    _check_test(condition.test, scope, say)
    return scope.knowing(frozenset(_asked(condition.test)))


def _parsed(source: str, said: str, say: Say) -> nodes.Template | None:
    """The syntax tree of one tag, or None and a problem."""
    word = said.strip() or source
    if len(said) > MOST_CHARACTERS:
        say("RK725", word=word, what=Text("过长", "it is too long"))
        return None
    if said[:1] in ("-", "+") or said[-1:] in ("-", "+"):
        say("RK724", what=Text("去空白的减号、加号", "the minus or plus that trims blanks"))
        return None
    try:
        return _ENVIRONMENT.parse(source)
    except TemplateSyntaxError as error:
        looks = lookalikes.hint(word)
        zh = looks.zh.lstrip("，") or "写法不完整或者次序不对"
        say("RK725", word=word, what=Text(zh, looks.en.lstrip("; ") or (error.message or "syntax")))
    except (RecursionError, ValueError, OverflowError):
        say("RK725", word=word, what=Text("嵌套过深", "it is nested too deep"))
    return None


def _shape(node: nodes.Node, scope: Scope, say: Say) -> Shape | None:
    """What an expression gives, or None and a problem."""
    match node:
        case nodes.Name():
            return _named(node.name, scope, say)
        case nodes.Getattr():
            return _part(node, scope, say)
        case nodes.Filter() if node.node is not None:
            return _filtered(node, scope, say)
        case _:
            say("RK724", what=_kind(node))
            return None


def _named(name: str, scope: Scope, say: Say) -> Shape | None:
    shape = scope.names.get(name)
    if shape is None:
        known = Words({word: word for word in scope.names})
        say("RK721", word=name, hint=known.hint(name), known=known.known)
        return None
    scope.used.add((name, None))
    return shape


def _part(node: nodes.Getattr, scope: Scope, say: Say) -> Shape | None:
    if not isinstance(node.node, nodes.Name):
        say("RK724", what=Text("这样的点号", "such a dot"))
        return None
    owner = node.node.name
    shape = _named(owner, scope, say)
    if shape is None:
        return None
    if shape == "unknown":
        return shape
    if not isinstance(shape, FieldEntry):
        want = Text("清单中的一项（先写 for）", "an entry of a list (write for first)")
        say("RK728", word=f"{owner}.{node.attr}", found=_called(shape), want=want)
        return None
    if node.attr not in shape.parts:
        known = Words({word: word for word in shape.parts})
        say("RK722", owner=owner, word=node.attr, hint=known.hint(node.attr), known=known.known)
        return None
    scope.used.add((scope.owners.get(owner, owner), node.attr))
    return shape.parts[node.attr]


def _filtered(node: nodes.Filter, scope: Scope, say: Say) -> Shape | None:
    shape = _shape(node.node, scope, say) if node.node is not None else None
    if node.name not in FILTERS:
        known = Words({word: word for word in FILTERS})
        say("RK723", word=node.name, hint=known.hint(node.name), known=known.known)
        return None
    if node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
        say("RK724", what=_ARGUMENTS.fill(name=node.name))
        return None
    wanted = FILTERS[node.name][1]
    if shape is not None and shape not in (wanted, "unknown"):
        say("RK728", word=_said(node.node), found=_called(shape), want=_SHAPES[wanted])
    return "words"


def _check_test(node: nodes.Node, scope: Scope, say: Say) -> None:
    """The test of an if: fields and their parts, joined by and, or, not."""
    match node:
        case nodes.Not():
            _check_test(node.node, scope, say)
        case nodes.And() | nodes.Or():
            _check_test(node.left, scope, say)
            _check_test(node.right, scope, say)
        case _:
            _shape(node, scope, say)


def _asked(node: nodes.Node) -> Iterator[str]:
    """The fields that must be there for a test to hold."""
    if isinstance(node, nodes.Name):
        yield node.name
    elif isinstance(node, nodes.And):
        yield from _asked(node.left)
        yield from _asked(node.right)


def _said(node: nodes.Node | None) -> str:
    """A field, or a part of one, as it is written."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return f"{_said(node.node)}.{node.attr}"
        case nodes.Filter():
            return _said(node.node)
        case _:
            return "…"


def _called(shape: Any) -> Text:
    if isinstance(shape, FieldEntry):
        return _SHAPES["entry"]
    return _SHAPES["entries"] if isinstance(shape, Mapping) else _SHAPES[shape]


def _kind(node: nodes.Node) -> Text:
    said = next((said for kind, said in _CALLED.items() if isinstance(node, kind)), None)
    name = type(node).__name__
    return said or _THIS.fill(name=name)
