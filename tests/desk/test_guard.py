"""Who is let in to a desk, and who is not."""

from __future__ import annotations

import pytest

from reformkit.desk.asking import Action, Screen
from reformkit.desk.desk import Desk
from tests.desk.asking import OURS, Browser

TABLE = "/d/way"


def said(text: str, reason: str) -> bool:
    """Whether an answer says in both languages, a line each, why it refuses and what to do, and nothing else."""
    zh, en = text.splitlines()
    return (
        zh.startswith(f"已拒绝（{reason}）：") and "请" in zh and en.startswith(f"refused ({reason}): ") and ";" in en
    )


def test_whoever_opened_the_address_is_let_in(desk: Desk) -> None:
    assert Browser(desk).get(TABLE).status_code == 200


def test_the_token_is_good_once(desk: Desk) -> None:
    browser = Browser(desk, enters=False)
    token = str(browser.guard.token)
    first = browser.enter()
    assert first.status_code == 204
    assert {"HttpOnly", "SameSite=Strict"} <= set(first.headers["set-cookie"].split("; "))
    again = browser.post("/enter", headers={"x-desk-token": token})
    assert again.status_code == 403 and said(again.text, "token")
    assert browser.post("/enter", headers={"x-desk-token": ""}).status_code == 403


@pytest.mark.parametrize("cookie", ["", "guessed"])
def test_another_user_of_the_machine_sees_nothing(desk: Desk, cookie: str) -> None:
    browser = Browser(desk, enters=False)
    browser.cookies = {browser.guard.cookie: cookie} if cookie else {}
    assert browser.get(TABLE).status_code == 401
    assert "打开它给出的地址" in browser.get(TABLE).text and "open the address" in browser.get(TABLE).text
    assert browser.post("/stage", {"path": "way.yaml"}).status_code == 401
    assert browser.get("/static/desk.js").status_code == 401
    assert "办法" not in browser.get("/").text


@pytest.mark.parametrize(
    "host",
    ["evil.example:4321", "127.0.0.1", "127.0.0.1:80", "127.0.0.1.evil.example:4321", "localhost:4322", "", "::1:4321"],
)
def test_a_foreign_host_is_refused_though_its_name_leads_here(desk: Desk, host: str) -> None:
    browser = Browser(desk)
    for answer in (browser.get(TABLE, {"host": host}), browser.post("/stage", headers={"host": host})):
        assert answer.status_code == 403 and said(answer.text, "host")


@pytest.mark.parametrize("host", ["localhost:4321", "[::1]:4321"])
def test_this_machine_by_another_of_its_names_is_let_in(desk: Desk, host: str) -> None:
    assert Browser(desk).get(TABLE, {"host": host}).status_code == 200


@pytest.mark.parametrize(("host", "status"), [("127.0.0.1", 200), ("[::1]", 200), ("evil.example", 403), ("", 403)])
def test_of_port_80_a_browser_names_no_port(desk: Desk, host: str, status: int) -> None:
    browser = Browser(desk, enters=False, port=80)
    browser.post("/enter", headers={"host": host, "origin": f"http://{host}", "x-desk-token": str(browser.guard.token)})
    browser.cookies = {browser.guard.cookie: browser.guard._key}
    assert browser.get(TABLE, {"host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"sec-fetch-site": "cross-site", "origin": "https://evil.example"}, "site"),
        ({"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:9999"}, "site"),  # another port of this machine
        ({"sec-fetch-site": "none"}, "site"),
        ({"origin": "http://127.0.0.1:9999"}, "origin"),
        ({"origin": f"{OURS}.evil.example"}, "origin"),
        ({"sec-fetch-site": "cross-site", "origin": "null"}, "site"),
        ({"origin": "http://evil.example:4321", "host": "evil.example:4321"}, "host"),  # the two agree, and lie
    ],
)
def test_a_page_of_others_cannot_send_anything(desk: Desk, headers: dict[str, str], reason: str) -> None:
    answer = Browser(desk).post("/stage", headers=headers)
    assert answer.status_code == 403 and said(answer.text, reason)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_of_others_cannot_show_the_desk(desk: Desk, site: str) -> None:
    for path in (TABLE, "/"):
        assert Browser(desk).get(path, {"sec-fetch-site": site}).status_code == 403


def test_the_file_that_leads_here_finds_the_page_that_hands_the_token_in(desk: Desk) -> None:
    browser = Browser(desk, enters=False)
    first = browser.get("/", {"sec-fetch-site": "cross-site"})
    assert first.status_code == 200 and "enter.js" in first.text and "办法" not in first.text
    assert browser.get(TABLE, {"sec-fetch-site": "cross-site"}).status_code == 403


def test_a_screen_that_fails_answers_in_words(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("<b>spoilt</b>")

    more = ([Screen(path="/fails", title=None, template="page.html", view=fails)], [Action(path="/fails", do=fails)])
    browser = Browser(desk, more=more)
    for answer in (browser.get("/fails"), browser.post("/fails")):
        assert answer.status_code == 500 and "案头自身出错（RuntimeError" in answer.text
        assert answer.headers["content-type"].startswith("text/plain")
    assert "Traceback" not in capsys.readouterr().err


def test_an_old_browser_that_says_no_site_is_told_by_its_origin(desk: Desk) -> None:
    answer = Browser(desk)._ask("POST", "/enter", {"origin": "null"})
    assert said(answer.text, "origin")


def test_every_answer_has_the_policy_and_nothing_inline(desk: Desk) -> None:
    browser = Browser(desk)
    for answer in (browser.get(TABLE), browser.get("/nowhere"), browser.get(TABLE, {"host": "evil"})):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
    page = browser.get(TABLE).text
    assert " style=" not in page and " onclick=" not in page and "<script>" not in page and "javascript:" not in page


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/guard.py", "/d/..%2f..%2fetc", "/static//etc/passwd"],
)
def test_no_path_of_a_request_leads_to_a_file(desk: Desk, path: str) -> None:
    answer = Browser(desk).get(path)
    assert answer.status_code == 404
    assert "import" not in answer.text


def test_too_long_an_address_is_refused(desk: Desk) -> None:
    browser = Browser(desk)
    assert browser.get(f"{TABLE}?level={'x' * 33_000}").status_code == 414
    assert browser.get(f"{TABLE}?{'a=1&' * 3_000}").status_code == 414
