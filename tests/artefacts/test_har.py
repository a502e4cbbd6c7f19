import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts.har import WINDOW, Har, is_har, open_har
from assay.artefacts.har_entry import HarEntry
from assay.model.errors import Unreadable
from assay.model.source import BufferSource
from tests.artefacts.har_logs import DIALECTS, browser, exchange, log


def opened(content: bytes) -> Har:
    return open_har(BufferSource(content))


def only(entry: dict[str, Any]) -> HarEntry:
    (read,) = opened(log(entry)).entries
    return read


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_tells_the_same(dialect: str, mark: bytes) -> None:
    har = opened(mark + log(DIALECTS[dialect](exchange())))
    (entry,) = har.entries
    assert har.problems == []
    assert entry.started == "2021-09-21T10:00:01Z"
    assert entry.address == "192.0.2.21"
    assert entry.request.method == "POST"
    assert entry.request.url == "https://collect.example.test/v1/events?d=%7B%7D&w=1080"
    assert [pair for pair in entry.request.headers if pair[0][0] != ":"] == exchange()["headers"]
    assert entry.request.media == "application/json"
    assert entry.request.body == b'{"events":[{"id":"a"}]}'
    assert entry.request.size == 23
    assert entry.response.status == 200
    assert entry.response.body == b'{"words":["kestrel"]}'
    assert entry.response.size == 21
    assert entry.response.media == "application/json; charset=utf-8"


def test_bodies_are_members_by_entry_and_side() -> None:
    har = opened(log(browser(exchange()), browser(exchange(body=b"", answer=b"\xc5\xbdodis".decode().encode()))))
    members = {member.name: bytes(member.open().view()) for member in har.members()}
    assert members == {
        b"0/request": b'{"events":[{"id":"a"}]}',
        b"0/response": b'{"words":["kestrel"]}',
        b"1/response": "Žodis".encode(),
    }
    assert [member.size for member in har.members()] == [23, 21, 6]


def test_a_broken_entry_is_a_problem_and_the_others_keep_their_position() -> None:
    har = opened(log(7, browser(exchange()), {"request": {"url": ""}}, browser(exchange(status=404)), None, {}))
    assert [(entry.number, entry.response.status) for entry in har.entries] == [(1, 200), (3, 404)]
    assert [problem.place for problem in har.problems] == [f"json:/log/entries/{number}" for number in (0, 2, 4, 5)]


def test_an_archive_that_breaks_off_is_read_up_to_there() -> None:
    content = log(browser(exchange()), browser(exchange(status=404)))
    har = opened(content[: content.rindex(b'"response"')])
    assert [entry.response.status for entry in har.entries] == [200, None]
    assert any("not JSON from character" in problem.what for problem in har.problems)


@pytest.mark.parametrize(
    ("content", "recognised"),
    [
        (log(), True),
        (b'\xef\xbb\xbf \n{ "log" : { "entries" : [', True),
        (b'{"comment":"}{","log":{"creator":{"entries":[]},"pages":[{}],"entries":[]}}', True),
        (b'{"log":{"entries":{}}}', False),
        (b'{"log":{"more":{"entries":[]}}}', False),
        (b'{"more":{"log":{"entries":[]}}}', False),
        (b'{"entries":[],"log":{}}', False),
        (b'{"log":[{"entries":[]}]}', False),
        (b'[{"log":{"entries":[]}}]', False),
        (b'{"log":"\\"entries\\":["}', False),
        (b'log entries "log" "entries"', False),
        (b"", False),
    ],
)
def test_an_archive_is_known_by_its_list_of_entries(content: bytes, recognised: bool) -> None:  # noqa: FBT001
    assert is_har(BufferSource(content)) is recognised


@pytest.mark.parametrize(("behind", "recognised"), [(0, True), (1, False)])
def test_the_list_must_begin_within_the_window(behind: int, recognised: bool) -> None:  # noqa: FBT001
    head, tail = b'{"log":{"comment":"', b'","entries":['
    content = head + b"x" * (WINDOW - len(head) - len(tail) + behind) + tail + b"]}}"
    assert is_har(BufferSource(content)) is recognised


@pytest.mark.parametrize("content", [b'{"log":{"entries":{}}}', b"[]", b'{"log":7}', b"no json", b""])
def test_what_holds_no_list_of_entries_is_unreadable(content: bytes) -> None:
    with pytest.raises(Unreadable):
        opened(content)


def test_an_archive_that_is_no_json_says_so() -> None:
    with pytest.raises(Unreadable, match=r"no JSON|log\.entries"):
        opened(b'{"log" "entries" garbage')


def test_text_that_is_no_unicode_keeps_its_bytes() -> None:
    told = "žodžių sąrašas, 词表, 单词 ".encode() * 20
    content = log(browser(exchange(answer=b"{}"))).replace(
        b'"text": "{}"', b'"text": "\xff\xfe", "comment": "%b"' % told
    )
    (entry,) = opened(content).entries
    assert entry.response.body == b"\xff\xfe"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["request", "response", "url", "headers", "postData", "text", "content", "name", "encoding"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


@given(st.lists(JSON, max_size=4))
def test_entries_of_any_shape_are_read_or_are_problems(entries: list[Any]) -> None:
    har = opened(log(*entries))
    numbers = {entry.number for entry in har.entries}
    assert numbers <= set(range(len(entries)))
    assert len(entries) - len(numbers) <= len(har.problems)


@pytest.mark.mutation
def test_changed_bytes_end_in_a_reading_or_in_unreadable(mutations: int) -> None:
    chance = random.Random(20210921)
    original = log(*(dialect(exchange()) for dialect in DIALECTS.values()))
    for _ in range(mutations):
        content = bytearray(original)
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(content))
            content[place : place + chance.choice((0, 1, 1, 9))] = chance.randbytes(chance.choice((0, 1, 1, 4)))
        is_har(BufferSource(bytes(content)))
        try:
            har = opened(bytes(content))
        except Unreadable:
            continue
        assert all(isinstance(bytes(member.open().view()), bytes) for member in har.members())
        json.dumps([problem.what for problem in har.problems])


@pytest.mark.mutation
def test_an_archive_cut_anywhere_is_read_or_unreadable() -> None:
    original = log(browser(exchange()), DIALECTS["charles"](exchange()))
    for length in range(0, len(original), 7):
        try:
            opened(original[:length])
        except Unreadable as reason:
            assert reason.what  # noqa: PT017 - either end is fine, the reason must be told


def test_reading_one_entry_alone_gives_the_same_as_in_company() -> None:
    assert only(browser(exchange())) == opened(log(browser(exchange()), browser(exchange()))).entries[0]
