"""What stands before every page, held over an application that would answer anything."""

import re

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from assay.web.guard import MAX_HEAD_BYTES, MAX_TARGET_BYTES, Guard
from tests.web.conftest import BASE, PORT, SESSION

EXPECTED_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
COOKIE = {"Cookie": f"assay-{PORT}={SESSION.cookie}"}


async def _secret(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("behind the guard", headers={"Cache-Control": "public"})(scope, receive, send)


@pytest.fixture
def client() -> TestClient:
    return TestClient(Guard(_secret, SESSION), BASE, follow_redirects=False)


def test_the_cookie_is_needed(client: TestClient) -> None:
    assert client.get("/").status_code == 403
    assert client.get("/", headers=COOKIE).text == "behind the guard"


def test_the_token_gives_the_cookie_and_leads_away_from_the_address_that_holds_it(client: TestClient) -> None:
    answer = client.get("/start/the-token")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert answer.headers["set-cookie"] == SESSION.set_cookie
    assert client.get("/").text == "behind the guard"


@pytest.mark.parametrize("path", ["/start", "/start/", "/start/other", "/start/the-token/", "/start/the-tokenx"])
def test_another_token_gives_nothing(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "host", ["attacker.test", f"attacker.test:{PORT}", "127.0.0.1", "127.0.0.1:1", "0.0.0.0:80", ""]
)
def test_another_name_is_not_served_even_with_cookie_or_token(client: TestClient, host: str) -> None:
    assert client.get("/", headers={**COOKIE, "Host": host}).status_code == 421
    answer = client.get("/start/the-token", headers={"Host": host})
    assert answer.status_code == 421
    assert "set-cookie" not in answer.headers


def test_two_names_are_none(client: TestClient) -> None:
    hosts = [("Host", f"127.0.0.1:{PORT}"), ("Host", f"localhost:{PORT}"), *COOKIE.items()]
    assert client.get("/", headers=hosts).status_code == 421


@pytest.mark.parametrize("host", [f"localhost:{PORT}", f"[::1]:{PORT}"])
def test_the_names_of_this_machine_are_served(client: TestClient, host: str) -> None:
    assert client.get("/", headers={**COOKIE, "Host": host}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY", "get"])
def test_nothing_but_reading_is_allowed(client: TestClient, method: str) -> None:
    answer = client.request(method, "/", headers=COOKIE)
    # the client writes the last one in capitals, so that one is read
    assert answer.status_code == (200 if method == "get" else 405)
    assert method == "get" or answer.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("origin", ["null", "https://attacker.test", "http://127.0.0.1:1", f"https://127.0.0.1:{PORT}"])
def test_another_origin_gets_nothing_and_no_leave_to_read(client: TestClient, origin: str) -> None:
    answer = client.get("/", headers={**COOKIE, "Origin": origin})
    assert answer.status_code == 403
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_the_own_origin_is_served(client: TestClient) -> None:
    assert client.get("/", headers={**COOKIE, "Origin": BASE}).status_code == 200


@pytest.mark.parametrize(
    ("site", "status"), [("none", 200), ("same-origin", 200), ("same-site", 403), ("cross-site", 403)]
)
def test_another_site_or_port_cannot_ask(client: TestClient, site: str, status: int) -> None:
    assert client.get("/", headers={**COOKIE, "Sec-Fetch-Site": site}).status_code == status


def test_an_address_has_a_length(client: TestClient) -> None:
    assert client.get("/" + "a" * (MAX_TARGET_BYTES - 1), headers=COOKIE).status_code == 200
    assert client.get("/" + "a" * MAX_TARGET_BYTES, headers=COOKIE).status_code == 414
    # path, query without its mark
    assert client.get("/?" + "a" * (MAX_TARGET_BYTES - 1), headers=COOKIE).status_code == 200
    assert client.get("/?" + "a" * MAX_TARGET_BYTES, headers=COOKIE).status_code == 414


def test_the_headers_of_a_request_have_a_length(client: TestClient) -> None:
    usual = client.build_request("GET", "/", headers=COOKIE).headers.raw
    rest = MAX_HEAD_BYTES - sum(len(name) + len(value) for name, value in usual) - len("x-long")
    assert client.get("/", headers={**COOKIE, "X-Long": "a" * rest}).status_code == 200
    assert client.get("/", headers={**COOKIE, "X-Long": "a" * (rest + 1)}).status_code == 431


def test_no_channel_is_opened(client: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(f"ws://127.0.0.1:{PORT}/", headers=COOKIE):
        pass


def test_the_headers_are_on_every_answer_and_replace_others(client: TestClient) -> None:
    asked = (
        client.get("/", headers=COOKIE),
        client.get("/"),
        client.get("/start/the-token"),
        client.get("/", headers={"Host": "attacker.test"}),
        client.post("/", headers=COOKIE),
        client.get("/" + "a" * MAX_TARGET_BYTES),
    )
    assert sorted({answer.status_code for answer in asked}) == [200, 303, 403, 405, 414, 421]
    for answer in asked:
        assert {name: answer.headers.get_list(name) for name in EXPECTED_HEADERS} == {
            name: [value] for name, value in EXPECTED_HEADERS.items()
        }
        assert re.fullmatch(
            r"default-src 'none'; style-src( 'sha256-[A-Za-z0-9+/]{43}=')+; base-uri 'none'; form-action 'self'; "
            r"frame-ancestors 'none'",
            answer.headers["content-security-policy"],
        )
