"""The server itself, on the loopback address and in a process of its own."""

import http.client
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from assay.model.errors import CaseError, UsageError
from assay.web.server import Server
from tests.web.test_guard import EXPECTED_HEADERS

CHROMIUM = "/usr/bin/chromium"
pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@contextmanager
def serving(case: Path) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """Start ``assay serve`` and give its address and its process."""
    command = [sys.executable, "-m", "assay.cli.main", "serve", str(case), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            assert line, process.stderr.read() if process.stderr else ""
            yield json.loads(line)["url"], process
        finally:
            process.kill()


@pytest.fixture(scope="module")
def address(case: Path) -> Iterator[str]:
    with serving(case) as (url, _):
        yield url


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def ask(address: str, path: str, **headers: str) -> Answer:
    """Ask for a path exactly as it is written."""
    with closing(http.client.HTTPConnection("127.0.0.1", urlsplit(address).port or 0, timeout=30)) as connection:
        connection.request("GET", path, headers=headers)
        with connection.getresponse() as answer:
            return Answer(answer.status, answer.headers, answer.read())


def cookie(address: str) -> str:
    answer = ask(address, urlsplit(address).path)
    assert answer.status == 303
    return str(answer.headers["Set-Cookie"]).partition(";")[0]


def test_the_printed_address_leads_to_the_report(address: str) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/start/[\w-]{43}", address)
    answer = ask(address, "/", Cookie=cookie(address))
    assert answer.status == 200
    assert b"report of an examination" in answer.body
    assert {name: answer.headers[name] for name in EXPECTED_HEADERS} == EXPECTED_HEADERS
    assert "server" not in answer.headers


def test_nobody_else_gets_anything(address: str) -> None:
    known = cookie(address)
    assert ask(address, "/").status == 403
    assert ask(address, "/", Cookie=known, Host="attacker.test").status == 421
    assert ask(address, "/", Cookie=known, Origin="https://attacker.test").status == 403


@pytest.mark.parametrize(
    "path",
    [
        "/report/../case.toml",
        "/report/..%2fcase.toml",
        "/report/%2e%2e/case.toml",
        "/../../../../etc/passwd",
        "//etc/passwd",
        "/report/..\\case.toml",
        "/explain/../../case.toml",
    ],
)
def test_no_path_as_it_is_written_leads_to_the_disk(address: str, path: str) -> None:
    assert ask(address, path, Cookie=cookie(address)).status == 404


def test_a_request_without_end_is_not_waited_for(address: str) -> None:
    with socket.create_connection(("127.0.0.1", urlsplit(address).port or 0), timeout=30) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n")
        answered = b""
        with suppress(ConnectionError):
            for _ in range(1000):
                connection.sendall(b"X: " + b"a" * 1021 + b"\r\n")
            answered = connection.recv(100)
    assert answered == b"" or answered.startswith((b"HTTP/1.1 400", b"HTTP/1.1 431"))


def test_the_address_is_of_this_machine_only(address: str) -> None:
    port = urlsplit(address).port
    listening = [
        line.split()[1]
        for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]
        if line.split()[1].endswith(f":{port:04X}") and line.split()[3] == "0A"
    ]
    assert listening == [f"0100007F:{port:04X}"]


def test_another_server_named_in_the_request_line_is_not_this_one(address: str) -> None:
    assert ask(address, "http://attacker.test/case.toml", Cookie=cookie(address)).status == 421


def test_each_start_has_a_token_and_ends_when_told(case: Path, address: str) -> None:
    with serving(case) as (url, process):
        assert ask(url, urlsplit(address).path).status == 403
        assert ask(url, urlsplit(url).path).status == 303
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert process.stderr is not None
        assert process.stderr.read() == "Stop with Ctrl-C.\n"


def test_a_port_in_use_is_told(case: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=rf"--port {port}: cannot be listened on \(Address already in use\)"):
            Server.over(case, port)


def test_no_case_no_server(tmp_path: Path) -> None:
    with pytest.raises(CaseError):
        Server.over(tmp_path, 0)


class Visit(NamedTuple):
    """What a browser did: the page as it stood in the end, what it complained of, and what the page asked for."""

    page: str
    complaints: list[str]
    requests: set[str]


def visit(url: str, profile: Path) -> Visit:
    """Open an address in a browser whose every name but the loopback leads nowhere."""
    net_log = profile / "net.json"
    quiet = ("--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")
    command = [
        *(CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", *quiet, "--enable-logging=stderr"),
        *(f"--user-data-dir={profile}", f"--log-net-log={net_log}", "--virtual-time-budget=3000"),
        *("--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--dump-dom", url),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    complaints = [line for line in done.stderr.splitlines() if ":CONSOLE" in line]
    events = [event.get("params", {}) for event in json.loads(net_log.read_text("utf-8"))["events"]]
    # what a page asks for has an origin; what the browser asks for itself has none
    return Visit(
        done.stdout, complaints, {one["url"] for one in events if "method" in one and "url" in one and _of_a_page(one)}
    )


def _of_a_page(event: Mapping[str, object]) -> bool:
    return str(event.get("initiator", "")).startswith(("http", "null")) or str(event["url"]).startswith("http://127.")


@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"{CHROMIUM} is not installed: pages are not opened in it")
def test_a_browser_opens_the_pages_without_complaint_and_asks_for_nothing_else(address: str, tmp_path: Path) -> None:
    base = address.partition("/start/")[0]
    report = visit(address, tmp_path)
    assert "report of an examination" in report.page
    assert report.complaints == []
    assert report.requests == {address, f"{base}/"}
    # a visit keeps no cookie for the next one, so this is the page for strangers, made by our own templates
    refused = visit(f"{base}/explain", tmp_path / "stranger")
    assert "Not from here" in refused.page
    assert not [line for line in refused.complaints if "Content Security Policy" in line]
    assert refused.requests == {f"{base}/explain"}


@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"{CHROMIUM} is not installed: pages are not opened in it")
def test_what_the_browser_would_complain_of_is_seen(tmp_path: Path) -> None:
    policy = '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'">'
    page = tmp_path / "page.html"
    page.write_text(f'{policy}<script>document.title = "ran"</script><img src="http://other.test/x">', "utf-8")
    seen = visit(page.as_uri(), tmp_path / "profile")
    assert any("Content Security Policy" in line for line in seen.complaints)
    assert "http://other.test/x" in seen.requests


@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"{CHROMIUM} is not installed: pages are not opened in it")
def test_a_report_that_somebody_else_made_runs_nothing_and_loads_nothing(case: Path, tmp_path: Path) -> None:
    copy = tmp_path / "case"
    shutil.copytree(case, copy, symlinks=True)
    hostile = (
        '<script>document.title = "ran"</script><img src="http://other.test/i" onerror="document.title = 1">'
        '<link rel="stylesheet" href="http://other.test/s"><iframe src="http://other.test/f"></iframe>'
        '<body style="background: url(http://other.test/b)"><form action="http://other.test/p" id="f"></form>'
        # then on to an explanation, made by our own templates, with the cookie that only this visit has
        '<meta http-equiv="refresh" content="1; url=/explain/lists/carries-term-list">'
    )
    (copy / "report" / "index.html").write_text(hostile, "utf-8")
    with serving(copy) as (url, _):
        seen = visit(url, tmp_path / "profile")
    base = url.partition("/start/")[0]
    assert seen.requests == {url, f"{base}/", f"{base}/explain/lists/carries-term-list"}
    blocked = ("inline script", "event handler", "the stylesheet", "inline style", "the image", "Framing")
    assert [kind for kind in blocked if not any(kind in line for line in seen.complaints)] == []
    assert [line for line in seen.complaints if "blocked" not in line or "/explain/" in line] == []
    assert "<title>lists/carries-term-list – Assay</title>" in seen.page
