"""`check --watch` says what is new after each change, and ends with Ctrl-C."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reformkit.terminal import watching
from tests.cli.conftest import Run


def test_only_what_is_new_is_shown_again(run: Run, rulebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = rulebook / "startup.yaml"
    good = path.read_text("utf-8")
    bad = good.replace("then: start", "then: stert", 1)
    worse = bad.replace("since: 2022-01-01", "since: 2022-02-30", 1)
    steps: list[Callable[[], object]] = [
        lambda: path.write_text(bad, encoding="utf-8"),
        lambda: None,
        lambda: path.write_text("# 移动一行\n" + worse, encoding="utf-8"),
        lambda: path.write_text(good, encoding="utf-8"),
    ]

    def pause(_: float) -> None:
        if not steps:
            raise KeyboardInterrupt
        steps.pop(0)()

    monkeypatch.setattr(watching, "sleep", pause)
    result = run("check", rulebook, "--watch")
    assert result.exit_code == 0
    first, second, third, fourth = result.stdout.split("── ")
    assert "没有发现问题" in first and "正在等待" in first
    assert "startup.yaml" in second and "RK165" in second
    assert "另有原来的 1 个" in third and "RK165" not in third and "RK134" in third
    assert "消除 2 个问题。" in fourth and "没有发现问题" in fourth and "已停止" in fourth


def test_watching_is_for_people(run: Run, rulebook: Path) -> None:
    assert run("check", rulebook, "--watch", "--format", "json").exit_code == 2
    assert run("check", rulebook / "nothing", "--watch").exit_code == 2
