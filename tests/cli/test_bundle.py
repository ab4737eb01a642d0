"""`reformkit bundle`: without its assets it says how to get them. The file itself is tested in tests/bundling."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_without_assets_the_command_says_how_to_get_them(run: Run, tmp_path: Path) -> None:
    done = run("bundle", "-o", tmp_path / "以案促改.html", "--assets", tmp_path)
    assert done.exit_code == 2
    assert "make bundle-assets" in done.output
    assert not (tmp_path / "以案促改.html").exists()


def test_another_ending_is_refused_before_any_work(run: Run, tmp_path: Path) -> None:
    done = run("bundle", "-o", tmp_path / "bundle.zip", "--assets", tmp_path)
    assert done.exit_code == 2
    assert "不会写 .zip 文件" in done.output


def test_a_rulebook_that_is_no_folder_is_refused_before_any_work(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rules.zip").write_bytes(b"PK")
    done = run("bundle", "-o", tmp_path / "以案促改.html", "--assets", tmp_path, "--rules", tmp_path / "rules.zip")
    assert done.exit_code == 2
    assert "rules.zip" in done.output and "文件夹" in done.output and "bundle-assets" not in done.output
