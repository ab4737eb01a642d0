"""`reformkit diff` of two procedures, held against a ledger."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.cli.conftest import Run, bundled_book
from tests.practising.story import UNIT, begun

ROOT = Path(__file__).parents[2]


def test_a_diff_shows_the_steps_that_changed_and_the_items_that_hang_on_them(run: Run, tmp_path: Path) -> None:
    story = begun(tmp_path / "九原.ledger", tmp_path, bundled_book())
    story.to_the_letters()
    story.receive(story.send())
    story.ledger.close()
    for name in ("rules", "measures"):
        shutil.copytree(ROOT / name, tmp_path / name)
    new = tmp_path / "rules" / "jiuyuan"
    text = (new / "procedure.yaml").read_text(encoding="utf-8")
    kept = text.replace("papers: [plan, task_list], due: {days: 15,", "papers: [plan, task_list], due: {days: 20,")
    (new / "procedure.yaml").write_text(kept, encoding="utf-8")
    asked = ("diff", ROOT / "rules" / "jiuyuan", new, "--ledger", tmp_path / "九原.ledger")
    said = run(*asked)
    assert (said.exit_code, said.stderr) == (0, "")
    assert "point.plan“整改方案和台账” 期限：自 receipt 起15日 → 自 receipt 起20日" in said.stdout
    assert "此改动影响1件未办结的事项（改用新流程后）。" in said.stdout
    assert f"2022-点-001（{UNIT}）：“整改方案和台账”期限2022-04-08改为2022-04-13" in said.stdout
    assert "1 open items would be affected" in run(*asked, "--lang", "en").stdout
    assert "2022-点-001" in run(*asked, "--format", "html").stdout
    plain = json.loads(run(*asked, "--format", "json").stdout)
    assert [change["name"] for change in plain["changes"]] == ["point.plan"]
    assert plain["items"][0]["terms"][0]["after"] == "2022-04-13"
    assert json.loads(run(*asked[:3], "--format", "json").stdout)["items"] is None
    refused = run(*asked, "-o", tmp_path / "九原.ledger", "--format", "json")
    assert refused.exit_code == 2
