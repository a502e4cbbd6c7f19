from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.capture.leaves import MAX_LEAVES, leaves
from assay.encodings.structure import Leaf
from assay.model.coverage import NotFollowed


class Request(msgspec.Struct, frozen=True, kw_only=True):
    url: str = "https://a.example.test/"
    headers: tuple[tuple[str, str], ...] = ()
    cookies: tuple[tuple[str, str], ...] = ()
    media: str = ""
    body: bytes = b""
    form: tuple[tuple[str, str], ...] = ()
    frames: tuple[bytes, ...] = ()


def every(**parts: Any) -> list[Leaf]:
    return [leaf for leaf in leaves(Request(**parts)) if isinstance(leaf, Leaf)]


def opened(**parts: Any) -> dict[str, bytes]:
    found = {leaf.address: leaf.data for leaf in every(**parts) if leaf.name is not None}
    if "url" not in parts:
        assert found.pop("host") == b"a.example.test"
    return found


@pytest.mark.parametrize(
    ("url", "found"),
    [
        (
            "https://a.example.test:8443/v1//abc%20d/?aid=1&flag&b=%2B#end",
            {
                "host": b"a.example.test:8443",
                "path:1": b"v1",
                "path:3": b"abc%20d",
                "query:aid": b"1",
                "query:#1": b"flag",
                "query:b": b"%2B",
            },
        ),
        ("http://u:p@[2001:db8::1]/", {"user": b"u:p", "host": b"[2001:db8::1]"}),
        ("https://[2001:db8::1/", {"url": b"https://[2001:db8::1/"}),
        ("/only/a/path", {"host": b"", "path:1": b"only", "path:2": b"a", "path:3": b"path"}),
    ],
)
def test_a_url_is_opened_to_host_path_and_query(url: str, found: dict[str, bytes]) -> None:
    assert opened(url=url) == found


def test_headers_and_cookies_are_leaves_and_pseudo_headers_are_not() -> None:
    headers = ((":path", "/x"), ("User-Agent", "Specimen"), ("cookie", "sid=7; uid=a=b"), ("X-Id", "1"))
    expected = {"header:User-Agent": b"Specimen", "cookie:sid": b"7", "cookie:uid": b"a=b", "header:X-Id": b"1"}
    assert opened(headers=headers) == expected


def test_cookies_recorded_apart_count_only_where_no_header_holds_them() -> None:
    assert opened(cookies=(("sid", "7"),)) == {"cookie:sid": b"7"}
    assert opened(cookies=(("sid", "8"),), headers=(("Cookie", "sid=7"),)) == {"cookie:sid": b"7"}


@pytest.mark.parametrize(
    ("media", "body", "found"),
    [
        ("application/json", b'{"events":[{"id":"a"}],"n":1}', {"body:json:/events/0/id": b"a", "body:json:/n": b"1"}),
        ("text/plain", b'{"a":"\\u00e9"}', {"body:json:/a": "é".encode()}),
        ("application/x-www-form-urlencoded", b"a=1&b=%20", {"body:form:a": b"1", "body:form:b": b"%20"}),
        ("application/x-www-form-urlencoded; charset=utf-8", b'{"a":1}', {"body:json:/a": b"1"}),
        ("application/x-www-form-urlencoded", b"\x1f\x8b&=\xff", {"body": b"\x1f\x8b&=\xff"}),
        ("application/json", b'{"a":1}\n{"a":2}', {"body:line:1|json:/a": b"1", "body:line:2|json:/a": b"2"}),
        ("application/json", b"{broken", {"body": b"{broken"}),
        ("", b"a=1&b=2", {"body:form:a": b"1", "body:form:b": b"2"}),
        ("application/octet-stream", b"\x00\x01", {"body": b"\x00\x01"}),
        (
            'multipart/form-data; boundary="b7"',
            b'--b7\r\nContent-Disposition: form-data; name="id"\r\n\r\nkestrel\r\n--b7--\r\n',
            {"body:multipart:id": b"kestrel"},
        ),
        (
            "multipart/form-data; charset=x; boundary=b7",
            b"--b7\r\n\r\nkestrel\r\n--b7--",
            {"body:multipart:#0": b"kestrel"},
        ),
        ("multipart/form-data; boundary=other", b"no parts", {"body": b"no parts"}),
    ],
)
def test_a_body_is_opened_by_its_type_or_by_its_looks(media: str, body: bytes, found: dict[str, bytes]) -> None:
    assert opened(media=media, body=body) == found


def test_fields_recorded_apart_count_only_where_no_body_is_recorded() -> None:
    assert opened(form=(("a", "1"),)) == {"body:form:a": b"1"}
    assert opened(form=(("a", "1"),), body=b"a=2", media="application/x-www-form-urlencoded") == {"body:form:a": b"2"}


def test_frames_of_a_websocket_are_leaves() -> None:
    assert opened(frames=(b"one", b"two")) == {"frame:0": b"one", "frame:1": b"two"}


@given(st.text(), st.binary(), st.text(max_size=30))
def test_anything_is_opened_to_addresses_that_can_be_written(url: str, body: bytes, media: str) -> None:
    for leaf in every(url=url, body=body, media=media):
        leaf.address.encode("utf-8", "surrogatepass")


@given(st.binary(min_size=1))
def test_no_body_is_lost(body: bytes) -> None:
    assert any(leaf.address.startswith("body") for leaf in every(body=body)) or body.strip() in {b"[]", b"{}"}


@pytest.mark.parametrize(("count", "complete"), [(MAX_LEAVES - 1, True), (MAX_LEAVES, False)])
def test_leaves_are_given_to_the_limit(count: int, *, complete: bool) -> None:
    *found, last = leaves(Request(body=b"[" + b"1," * (count - 1) + b"1]"))
    assert isinstance(last, Leaf) is complete
    assert len(found) == MAX_LEAVES - complete
    assert complete or last == NotFollowed(f"requests with more than {MAX_LEAVES} values", 1)
