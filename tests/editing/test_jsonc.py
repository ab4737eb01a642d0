"""Settings with comments keep everything that is not ours."""

from __future__ import annotations

import pytest

from reformkit.editing.jsonc import NotJson, parse, with_member
from reformkit.editing.vscode import settings

MINE = '// 开头\n{\n\t"a": [1, "},//"], /* { */\n\t"yaml.schemas": {"x.json": ["*.x"]}, // 末尾\n}\n'


def test_comments_other_settings_and_other_schemas_stay() -> None:
    new = settings(MINE, "s/jiuyuan", {"s/jiuyuan/d.json": ["a.yaml"]})
    assert parse(new).plain == {"a": [1, "},//"], "yaml.schemas": {"s/jiuyuan/d.json": ["a.yaml"], "x.json": ["*.x"]}}
    for kept in ("// 开头\n", '\t"a": [1, "},//"], /* { */\n', "// 末尾\n", '"x.json": ["*.x"]'):
        assert kept in new
    assert settings(new, "s/jiuyuan", {"s/jiuyuan/d.json": ["a.yaml"]}) == new


@pytest.mark.parametrize("text", ["", "  \n", "{}", "{ }", "{\n}\n", "{ // nothing\n}", '{"yaml.schemas": {}}'])
def test_settings_may_be_empty(text: str) -> None:
    new = settings(text, "s/b", {"s/b/d.json": ["a"], "s/b/e.json": ["b"]})
    assert parse(new).plain == {"yaml.schemas": {"s/b/d.json": ["a"], "s/b/e.json": ["b"]}}
    assert ("// nothing" in new) == ("// nothing" in text)


def test_a_file_has_the_schema_of_one_rulebook() -> None:
    one = settings("", "s/one", {"s/one/cases.json": ["cases/*.yaml"], "s/one/decision.json": ["one/d.yaml"]})
    two = settings(one, "s/two", {"s/two/cases.json": ["cases/*.yaml"]})
    bound = parse(two).plain["yaml.schemas"]
    assert bound["s/one/cases.json"] == [] and bound["s/two/cases.json"] == ["cases/*.yaml"]
    assert bound["s/one/decision.json"] == ["one/d.yaml"]


@pytest.mark.parametrize("text", ["[", "{", '{"a"}', '{"a": }', '{"a": 1 "b": 2}', "{} x", '{"a": "b}', "[" * 100_000])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(NotJson):
        parse(text)


@pytest.mark.parametrize("text", ["[]", '{"yaml.schemas": []}', '{"yaml.schemas": 1}'])
def test_settings_of_another_shape_are_refused(text: str) -> None:
    with pytest.raises(NotJson):
        settings(text, "s/b", {"s/b/d.json": ["a"]})


def test_a_member_is_replaced_where_it_stands() -> None:
    assert with_member('{"a": {"b": 1, "c": 2}}', ("a", "c"), 3) == '{"a": {"b": 1, "c": 3}}'
