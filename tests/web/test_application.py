"""Every route, and what is asked of it by those who mean no good."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.routing import Route
from starlette.testclient import TestClient

from assay.model.errors import UsageError
from assay.reports.results import CaseResults
from assay.web.application import MAX_NAME, application
from assay.web.guard import Guard
from assay.web.report_folder import ReportFolder
from tests.web.conftest import BASE, HOSTILE, SESSION
from tests.web.test_guard import EXPECTED_HEADERS

ROUTES = {
    "/": "/",
    "/report": "/report",
    "/report/{name}": "/report/findings.jsonl",
    "/explain": "/explain",
    "/explain/{name:path}": "/explain/lists/carries-term-list",
}
"""Every route with an address at which it answers."""
MARKUP = set(
    "html head meta title style body a div header footer main nav section article h1 h2 h3 h4 h5 p ul ol li dl dt dd b "
    "q blockquote code span bdi br table thead tbody tr th td details summary figure figcaption svg rect circle line "
    "text form label input button".split()
)
LISTED = re.compile(r"L-[0-9a-f]{16}")


class Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_routes_are_those_that_are_tested(case: Path) -> None:
    app = application(ReportFolder.at(case), lambda _: (), frozenset(), "t")
    assert [route.path for route in app.routes if isinstance(route, Route)] == list(ROUTES)
    assert len(app.routes) == len(ROUTES)


@pytest.mark.parametrize("path", ROUTES.values())
def test_every_route_answers_those_with_the_cookie_only(stranger: TestClient, path: str) -> None:
    assert stranger.get(path).status_code == 403
    assert stranger.head(path).status_code == 403
    stranger.get(SESSION.start_path)
    assert stranger.get(path).status_code == 200
    assert stranger.head(path).status_code == 200
    assert stranger.get(path, headers={"Host": "attacker.test"}).status_code == 421
    assert stranger.post(path).status_code == 405


@pytest.mark.parametrize("path", [*ROUTES.values(), "/nothing", "/explain/nothing", "/report/nothing"])
def test_every_answer_has_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers.get_list(name) for name in EXPECTED_HEADERS} == {
        name: [value] for name, value in EXPECTED_HEADERS.items()
    }


@pytest.mark.parametrize("path", [*ROUTES.values(), "/nothing"])
def test_the_policy_names_every_style_of_a_page_and_no_page_has_more(client: TestClient, path: str) -> None:
    answer = client.get(path)
    if not answer.headers["content-type"].startswith("text/html"):
        assert answer.headers["content-disposition"].startswith("attachment")
        return
    elements = Elements(answer.text).found
    assert {tag for tag, _ in elements} <= MARKUP
    assert not [attrs for _, attrs in elements if any(name.startswith("on") or name == "style" for name in attrs)]
    styles = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    hashes = {base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in styles}
    assert hashes
    assert hashes <= set(re.findall(r"'sha256-([^']+)'", answer.headers["content-security-policy"]))


def test_the_report_is_the_file_on_disk_with_ways_to_the_explanations(client: TestClient, case: Path) -> None:
    before = (case / "report" / "index.html").read_bytes()
    page = client.get("/").text
    ways = re.compile(r'<nav aria-label="Served pages">.*?</nav>\n|<a href="/explain/[^"]+">(.*?)</a>')
    assert ways.sub(lambda match: match[1] or "", page).encode() == before
    assert (case / "report" / "index.html").read_bytes() == before
    assert re.search(r'<a href="/explain/w-[0-9a-f]{16}">w-', page)


def test_every_link_of_the_served_pages_leads_to_a_page(client: TestClient) -> None:
    seen, waiting = set(), ["/"]
    while waiting:
        path = waiting.pop()
        seen.add(path)
        answer = client.get(path)
        assert answer.status_code == 200, path
        if answer.headers["content-type"].startswith("text/html"):
            links = {attrs["href"] or "" for tag, attrs in Elements(answer.text).found if tag == "a"}
            assert all(link.startswith(("/", "#")) and not link.startswith("//") for link in links)
            waiting += sorted({link for link in links if link.startswith("/")} - seen - set(waiting))
    sorts = ("/report/", "/explain/w-", "/explain/f-", "/explain/L-", "/explain/lists/", "/explain/mep-2022/")
    assert [sort for sort in sorts if not any(path.startswith(sort) for path in seen)] == []


def test_the_form_asks_for_what_the_address_gives(client: TestClient) -> None:
    name = "lists/carries-term-list"
    assert client.get("/explain", params={"id": f" {name} "}).content == client.get(f"/explain/{name}").content
    assert client.get("/explain", params={"id": "nothing"}).status_code == 404


def test_evidence_comes_out_as_text(client: TestClient, results: CaseResults) -> None:
    found = results.database.query("SELECT list_id FROM term_list")
    page = client.get(f"/explain/{found[0]['list_id']}").text.partition("<main")[2]
    for hostile in HOSTILE[:2]:
        assert hostile not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;i&gt;Phone&lt;/i&gt;" in page
    assert "{{ 7 * 7 }}" in page
    assert "<bdi>סוד</bdi>\\u202etxt.exe" in page
    assert [char for char in page if not char.isprintable() and char != "\n"] == []


@pytest.mark.parametrize(
    "name",
    [
        "nothing",
        "w-0000000000000000",
        "f-0000000000000000",
        "L-0000000000000000",
        "0" * 64,
        "0" * 64 + "!zip:a",
        "' OR 1=1 --",
        '"; DROP TABLE term; --',
        "<script>alert(1)</script>",
        "{{ 7 * 7 }}",
        "\0",
        "\r\nSet-Cookie: a=b",
        "...",
        "../case.toml",
        "/etc/passwd",
        "\ufdd0base64:!",
        "\u202e",
        "@",
        "!",
        "!@0x0+1",
    ],
)
def test_unknown_and_hostile_ids_are_not_found_and_not_repeated(client: TestClient, name: str) -> None:
    for path in (f"/explain/{quote(name, safe='')}", f"/explain?id={quote(name, safe='')}"):
        answer = client.get(path)
        empty = not name.strip() and "?" in path
        assert answer.status_code == (200 if empty else 404)
        assert len(name) < 4 or name not in answer.text
        assert "set-cookie" not in answer.headers


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=60).filter(lambda text: text.isascii() or text.encode("utf-8", "replace")))
def test_no_id_fails(client: TestClient, name: str) -> None:
    encoded = quote(name.encode("utf-8", "replace"), safe="")
    assert client.get(f"/explain?id={encoded}").status_code in {200, 404}


def test_an_id_has_a_length(case: Path) -> None:
    asked: list[str] = []

    def explain(name: str) -> list[str]:
        asked.append(name)
        return ["found"]

    app = application(ReportFolder.at(case), explain, frozenset(), "t")
    client = TestClient(Guard(app, SESSION), BASE)
    client.get(SESSION.start_path)
    assert client.get("/explain/" + "a" * MAX_NAME).status_code == 200
    assert client.get("/explain/" + "a" * (MAX_NAME + 1)).status_code == 404
    assert asked == ["a" * MAX_NAME]


@pytest.mark.parametrize(
    "path",
    [
        "/report/../case.toml",
        "/report/..%2fcase.toml",
        "/report/%2e%2e%2fcase.toml",
        "/report/%2e%2e/planted.toml",
        "/report/..%5ccase.toml",
        "/report/%2fetc%2fpasswd",
        "/report//etc/passwd",
        "/report/findings.jsonl%00.html",
        "/report/findings.jsonl/",
        "/report/Findings.jsonl",
        "/report/index.html",
        "/report/link.csv",
        "/report/",
        "/report/%ff",
        "//attacker.test/",
        "/case.toml",
        "/static/../../case.toml",
        "/explain/../report/../case.toml",
        "/.git/config",
    ],
)
def test_no_path_leads_to_the_disk(client: TestClient, case: Path, path: str) -> None:
    answer = client.get(f"{BASE}{path}")
    assert answer.status_code == 404
    assert (case / "case.toml").read_text("utf-8")[:20] not in answer.text


def test_files_are_those_of_the_folder_to_be_saved(client: TestClient, case: Path) -> None:
    folder = case / "report"
    names = {path.name for path in folder.iterdir() if not path.is_symlink()} - {"index.html"}
    linked = {attrs.get("href") for _, attrs in Elements(client.get("/report").text).found}
    assert {f"/report/{name}" for name in names} <= linked
    for name in names:
        answer = client.get(f"/report/{name}")
        assert answer.content == (folder / name).read_bytes()
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
        assert answer.headers["content-type"] == "application/octet-stream"


def test_a_file_that_is_gone_or_became_a_link_is_not_found(case: Path, tmp_path: Path) -> None:
    gone, link = tmp_path / "gone.csv", tmp_path / "link.csv"
    link.symlink_to(case / "case.toml")
    app = application(
        ReportFolder("", {"gone.csv": gone, "link.csv": link}, styled=True), lambda _: (), frozenset(), "t"
    )
    client = TestClient(Guard(app, SESSION), BASE)
    client.get(SESSION.start_path)
    assert [client.get(f"/report/{name}").status_code for name in ("gone.csv", "link.csv")] == [404, 404]


def test_a_fault_is_told_without_details_and_with_the_headers(case: Path) -> None:
    def explain(name: str) -> list[str]:
        raise RuntimeError(f"a detail of {name}")

    app = application(ReportFolder.at(case), explain, frozenset(), "t")
    client = TestClient(Guard(app, SESSION), BASE, raise_server_exceptions=False)
    client.get(SESSION.start_path)
    answer = client.get("/explain/anything")
    assert answer.status_code == 500
    assert "a detail" not in answer.text
    assert "Traceback" not in answer.text
    assert {name: answer.headers[name] for name in EXPECTED_HEADERS} == EXPECTED_HEADERS


def test_what_is_not_there_is_told_without_the_reason(case: Path) -> None:
    def explain(name: str) -> list[str]:
        raise UsageError(name, "a fact", "a step")

    app = application(ReportFolder.at(case), explain, frozenset(), "t")
    client = TestClient(Guard(app, SESSION), BASE)
    client.get(SESSION.start_path)
    answer = client.get("/explain/anything")
    assert (answer.status_code, "a fact" in answer.text) == (404, False)
