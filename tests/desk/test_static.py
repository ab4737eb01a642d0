"""What the pages take from others is what its list says, and is all that is given."""

from __future__ import annotations

import hashlib
import re
from importlib.resources import files

from reformkit.desk.app import STATIC
from reformkit.desk.desk import Desk
from tests.desk.asking import Browser

FOLDER = files("reformkit.desk") / "static"


def test_built_files_have_the_hashes_of_the_list_and_every_package_its_licence() -> None:
    notices = (FOLDER / "NOTICES.txt").read_text("utf-8")
    listed = dict(reversed(line) for line in re.findall(r"^sha256 ([0-9a-f]{64})  (\S+)$", notices, re.MULTILINE))
    assert set(listed) == {"editor.js", "htmx.min.js"}
    for name, digest in listed.items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest
    for name in ("@codemirror/view", "@lezer/yaml", "htmx.org", "style-mod"):
        assert re.search(rf"^{re.escape(name)} \d+\.\d+\.\d+ \((MIT|0BSD)\)$", notices, re.MULTILINE)


def test_every_static_file_is_given_with_its_type_and_nothing_else_is(desk: Desk) -> None:
    browser = Browser(desk)
    for name, media in STATIC.items():
        answer = browser.get(f"/static/{name}")
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, media)
    assert browser.get("/static/NOTICES.txt").status_code == 404


def test_no_file_of_ours_asks_anything_of_the_network() -> None:
    for name in STATIC:
        text = (FOLDER / name).read_text("utf-8")
        found = {link for link in re.findall(r"https?://[\w.]+", text) if "w3.org" not in link}
        assert name in ("htmx.min.js", "editor.js") or not found, (name, found)
