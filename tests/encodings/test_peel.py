import base64
import gzip
import json
import random
import zlib
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.encodings import peel as peeling
from assay.encodings.peel import MAX_WRAPPINGS, Peeled, peel
from assay.encodings.structure import Leaf
from assay.model.coverage import NotFollowed

VALUE = b"velvet kestrel harbour"
WRAP: dict[str, Callable[[bytes], bytes]] = {
    "percent": lambda raw: quote(raw, safe="").encode(),
    "base64": base64.b64encode,
    "hex": lambda raw: raw.hex().encode(),
    "gzip": lambda raw: gzip.compress(raw, mtime=0),
    "zlib": zlib.compress,
}


def found(data: bytes) -> list[Peeled]:
    return [node for node in peel(Leaf("query:d", data, "d")) if isinstance(node, Peeled)]


def lost(data: bytes) -> list[NotFollowed]:
    return [node for node in peel(Leaf("query:d", data, "d")) if isinstance(node, NotFollowed)]


def effective(names: list[str]) -> tuple[str, ...]:
    """The wrappings that change something: percent-encoding leaves hex digits as they are."""
    kept: list[str] = []
    data = VALUE
    for name in reversed(names):
        wrapped = WRAP[name](data)
        if wrapped != data:
            kept.insert(0, name)
        data = wrapped
    return tuple(kept)


@given(st.lists(st.sampled_from(sorted(WRAP)), max_size=MAX_WRAPPINGS))
def test_any_wrappings_in_any_order_are_undone_and_named(names: list[str]) -> None:
    data = VALUE
    for name in reversed(names):
        data = WRAP[name](data)
    assert effective(names) in [node.chain for node in found(data) if node.data == VALUE]


def test_the_leaf_itself_comes_first() -> None:
    assert found(b"abc") == [Peeled("query:d", (), 0, b"abc", "d")]


def test_json_inside_wrappings_is_opened_to_leaves_with_an_address() -> None:
    inner = json.dumps({"id": [{"v": base64.b64encode(VALUE).decode()}], "n": 1}).encode()
    assert base64.b64encode(inner).endswith(b"=")
    nodes = found(quote(base64.b64encode(inner), safe="").encode())
    (hit,) = [node for node in nodes if node.data == VALUE]
    assert hit.address == "query:d|percent|base64|json:/id/0/v"
    assert hit.inner == "query:d|percent|base64|json:/id/0/v|base64"
    assert hit.chain == ("percent", "base64", "base64")


def test_text_that_reads_the_same_with_and_without_plus_as_a_space_is_opened_once() -> None:
    nodes = found(quote(b'{"a":"x+y","id":"velvet kestrel"}', safe="+").encode())
    assert [node.address for node in nodes if node.data == b"velvet kestrel"] == ["query:d|form|json:/id"]
    assert {node.data for node in nodes if node.name == "a"} == {b"x y", b"x+y"}


def test_base64_with_a_bare_plus_and_escaped_padding_is_undone() -> None:
    wrapped = base64.b64encode(b">>>velvet>>kestrel>")
    assert b"+" in wrapped
    assert wrapped.endswith(b"=")
    chains = [node.chain for node in found(wrapped.replace(b"=", b"%3D")) if node.data == b">>>velvet>>kestrel>"]
    assert chains == [("percent", "base64")]


def test_base64_with_a_plus_is_not_read_as_a_form_too() -> None:
    wrapped = base64.b64encode(gzip.compress(bytes(range(250)), mtime=0))
    assert b"+" in wrapped
    assert lost(wrapped) == []
    assert bytes(range(250)) in [node.data for node in found(wrapped)]


def test_a_form_inside_wrappings_is_opened() -> None:
    nodes = found(base64.b64encode(b"a=1&canary=velvet%20kestrel"))
    assert ("query:d|base64|form:canary", ("base64", "percent"), b"velvet kestrel") in [
        (node.address, node.chain, node.data) for node in nodes
    ]


def test_a_wrapped_piece_of_a_text_is_cut_out() -> None:
    token = base64.b64encode(VALUE)
    (hit,) = [node for node in found(b"Bearer " + token + b".x") if node.data == VALUE]
    assert hit.address == f"query:d|cut:7+{len(token)}"


def test_compressed_bytes_behind_a_length_are_cut_out() -> None:
    packed = gzip.compress(VALUE)
    data = base64.b64encode(len(packed).to_bytes(4, "big") + packed)
    (hit,) = [node for node in found(data) if node.data == VALUE]
    assert hit.address == f"query:d|base64|cut:4+{len(packed)}"
    assert hit.chain == ("base64", "gzip")


def test_one_wrapping_more_than_the_most_is_said_not_to_be_followed() -> None:
    data = VALUE
    for _ in range(MAX_WRAPPINGS):
        data = base64.b64encode(data)
    assert VALUE in [node.data for node in found(data)]
    data = base64.b64encode(data)
    assert VALUE not in [node.data for node in found(data)]
    assert NotFollowed(f"values below {MAX_WRAPPINGS} wrappings", 1) in lost(data)


def test_a_broken_stream_is_said_not_to_be_followed() -> None:
    assert lost(gzip.compress(VALUE)[:-9]) == [NotFollowed("gzip wrappings: compressed bytes end early", 1)]


@pytest.mark.parametrize(("budget", "complete"), [(12, True), (11, False)])
def test_the_budget_of_nodes_is_used_up_and_one_more_is_not_followed(
    monkeypatch: pytest.MonkeyPatch, budget: int, *, complete: bool
) -> None:
    monkeypatch.setattr(peeling, "MAX_NODES", budget)
    peeling._peeled.cache_clear()
    data = json.dumps(list(range(12))).encode()
    assert len(found(data)) == budget + 1
    assert (lost(data) == []) is complete
    peeling._peeled.cache_clear()


def test_the_budget_of_bytes_ends_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peeling, "MAX_WORK_BYTES", 10_000)
    data = zlib.compress(bytes(20_000))
    assert [node.data for node in found(data)] == [data]
    assert lost(data) == [NotFollowed("values of a message beyond the budget of one leaf", 1)]


@given(st.binary(max_size=200))
def test_noise_is_peeled_within_the_budget(noise: bytes) -> None:
    nodes = found(noise)
    assert nodes[0].data == noise
    assert all(len(node.chain) <= MAX_WRAPPINGS for node in nodes)


def test_the_same_leaf_gives_the_same_nodes() -> None:
    data = random.Random(7).randbytes(500).hex().encode() + b" " + base64.b64encode(VALUE * 3)
    assert found(data) == found(data)
