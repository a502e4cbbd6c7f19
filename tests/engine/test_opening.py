from collections.abc import Callable, Iterator
from typing import Any

import pytest

from assay.engine import opening
from assay.engine.opening import Locations, named_members, open_document
from assay.model.errors import Unreadable
from assay.model.locator import Locator
from assay.model.source import BufferSource, ByteSource
from assay.registry import Bench, Member, ReaderSpec

EXHIBIT = "ab" * 32


class Plain:
    problems = ()

    def __init__(self, source: ByteSource) -> None:
        self.content = bytes(source.view())


class Box(Plain):
    def members(self) -> Iterator[Member]:
        for name in (b"a", b"b", b"a", b"a", b"a\x002"):
            inner = self.content[1:] + name
            yield Member(name=name, size=len(inner), open=lambda inner=inner: BufferSource(inner))  # type: ignore[misc]


def _torn(_source: ByteSource) -> Plain:
    raise Unreadable("it is torn", cost="a little")


def _spec(kind: str, rank: int, open_it: Callable[[ByteSource], Any] = Plain, gives: type = Plain) -> ReaderSpec:
    return ReaderSpec(
        kind=kind, step=kind, version=1, gives=gives, rank=rank, recognise=lambda source: source.read(0, 1) == b"x",
        open=open_it, blind_to=("x",), source="s", module="m",
    )  # fmt: skip


def _bench(*specs: ReaderSpec) -> Bench:
    bench = Bench()
    for spec in specs:
        bench.add_reader(spec)
    return bench


def test_the_first_reader_that_recognises_the_bytes_opens_them() -> None:
    opened = open_document(_bench(_spec("low", 1), _spec("high", 2)), BufferSource(b"x1"))
    assert opened is not None
    assert (opened.spec.kind, opened.refused) == ("high", ())


def test_a_reader_that_cannot_read_makes_way_for_the_next_and_leaves_a_problem() -> None:
    opened = open_document(_bench(_spec("low", 1), _spec("high", 2, _torn)), BufferSource(b"x1"))
    assert opened is not None
    assert opened.spec.kind == "low"
    assert [(one.what, one.cost) for one in opened.refused] == [("looks like high: it is torn", "a little")]


def test_where_none_can_read_it_is_unreadable_and_where_none_knows_it_is_unknown() -> None:
    bench = _bench(_spec("low", 1, _torn), _spec("high", 2, _torn))
    with pytest.raises(Unreadable) as unreadable:
        open_document(bench, BufferSource(b"x1"))
    assert unreadable.value.what == "looks like high: it is torn; looks like low: it is torn"
    assert open_document(bench, BufferSource(b"y")) is None


def test_a_reader_that_gives_something_else_than_it_declares_is_a_fault() -> None:
    with pytest.raises(TypeError, match="gave Plain, not Box"):
        open_document(_bench(_spec("low", 1, Plain, Box)), BufferSource(b"x"))
    with pytest.raises(TypeError, match="gave str"):
        open_document(_bench(_spec("low", 1, lambda _source: "text", str)), BufferSource(b"x"))


@pytest.mark.parametrize("more", [0, 1])
def test_an_artefact_over_the_limit_is_unreadable(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    monkeypatch.setattr(opening, "MAX_ARTEFACT_BYTES", 3)
    source = BufferSource(b"x23" + b"4" * more)
    if more:
        with pytest.raises(Unreadable, match="4 bytes are over the limit of 3"):
            open_document(_bench(_spec("low", 1)), source)
    else:
        assert open_document(_bench(_spec("low", 1)), source)


def test_members_of_one_name_are_told_apart_in_the_order_of_the_container() -> None:
    names = [name for name, _ in named_members(Box(BufferSource(b"x")))]
    assert names == [b"a", b"b", b"a\x002", b"a\x003", b"a\x002\x002"]
    assert len(set(names)) == len(names)


def _locations(content: bytes, opened: list[str]) -> Locations:
    def exhibit(sha256: str) -> ByteSource:
        opened.append(sha256)
        return BufferSource(content)

    return Locations(_bench(_spec("box", 1, Box, Box)), exhibit)


def test_an_artefact_is_found_again_by_its_locator() -> None:
    locations = _locations(b"xxx", [])
    inner = Locator(EXHIBIT).child("box", b"b").child("box", b"a\x002")
    assert bytes(locations.source(inner).view()) == b"xba"
    assert bytes(locations.source(Locator(EXHIBIT)).view()) == b"xxx"


@pytest.mark.parametrize("members", [[b"missing"], [b"b", b"a", b"a", b"a"]])
def test_where_nothing_lies_is_unreadable(members: list[bytes]) -> None:
    locator = Locator(EXHIBIT)
    for member in members:
        locator = locator.child("box", member)
    with pytest.raises(Unreadable):
        _locations(b"xxx", []).source(locator)


def test_a_container_that_was_just_used_is_not_opened_again() -> None:
    opened: list[str] = []
    locations = _locations(b"xx", opened)
    for _ in range(3):
        for name in (b"a", b"b"):
            locations.source(Locator(EXHIBIT).child("box", name))
    assert len(opened) == 1


@pytest.mark.parametrize(("kept_bytes", "times"), [(2, 2), (1, 4)])
def test_containers_kept_are_bounded_in_bytes(monkeypatch: pytest.MonkeyPatch, kept_bytes: int, times: int) -> None:
    monkeypatch.setattr(Locations, "KEPT_BYTES", kept_bytes)
    opened: list[str] = []
    locations = _locations(b"xx", opened)
    for exhibit in ("aa" * 32, "bb" * 32) * 2:
        locations.source(Locator(exhibit).child("box", b"a"))
    assert len(opened) == times


class Crowd:
    """A container of many members of few names."""

    problems = ()

    def members(self) -> Iterator[Member]:
        """Yield the members."""
        for _ in range(40_000):
            yield Member(name=b"same", size=0, open=lambda: BufferSource(b""))


def test_many_members_of_one_name_are_told_apart_one_after_the_other() -> None:
    names = [name for name, _ in named_members(Crowd())]
    assert names == [b"same", *(b"same\0%d" % number for number in range(2, 40_001))]
