"""What stands at a place in code: the whole block around it, marked."""

import pytest

from assay.engine import inside as module
from assay.engine.inside import bytes_of, inside, method_and_offset
from assay.model.locator import ByteRange, InnerPlace, Place
from assay.model.source import BufferSource
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import CONTAINS, opened

RUN = w.MethodId("LA;", "m", w.Proto("V"))
# v0 = "x"; do { v1 = v0.contains(v0); } while (v1 == 0); return
CODE: list[w.Unit] = [
    *w.const_string(0, "x"),
    *w.invoke(0x6E, CONTAINS, 0, 0),
    0x010A,
    *w.two(0x38, 1, -4),
    0x0E,
]


def shown(place: str, code: list[w.Unit] | None = None) -> list[str]:
    raw = w.write([w.Class("LA;", [w.Method(RUN, code or CODE)])])
    return inside(BufferSource(raw), opened(raw), InnerPlace("method", place))


def test_the_block_around_an_offset() -> None:
    assert shown("LA;->m()V+0x5") == [
        "LA;->m()V",
        "  block :0002; in the loop from :0002",
        "  0002: invoke-virtual {v0, v0}, Ljava/lang/String;->contains(Ljava/lang/CharSequence;)Z",
        "> 0005: move-result v1",
        "  0006: if-eqz v1, :0002",
        "  … 2 blocks more",
    ]


def test_without_an_offset_the_first_block_and_no_mark() -> None:
    assert shown("LA;->m()V") == ["LA;->m()V", "  block :0000", '  0000: const-string v0, "x"', "  … 2 blocks more"]


def test_an_offset_within_an_instruction_is_that_instruction() -> None:
    assert "> 0002: invoke-virtual" in shown("LA;->m()V+0x3")[2]


@pytest.mark.parametrize("offset", ["9", "7fffffff", "ffffffff"])
def test_an_offset_behind_the_code(offset: str) -> None:
    assert shown(f"LA;->m()V+0x{offset}") == ["LA;->m()V"]


def test_a_long_block_is_cut_around_the_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_AROUND", 1)
    assert shown("LA;->m()V+0x5", [*[0x12] * 9, 0x0E]) == [
        "LA;->m()V",
        "  block :0000",
        "  0004: const/4 v0, 0",
        "> 0005: const/4 v0, 0",
        "  0006: const/4 v0, 0",
        "  … 8 lines more of this block",
    ]


def test_a_method_that_is_not_there() -> None:
    assert shown("LA;->none()V+0x0") == ["at method LA;->none()V+0x0"]


def lies(place: Place | None) -> bytes | None:
    raw = w.write([w.Class("LA;", [w.Method(RUN, CODE)])])
    at = bytes_of(opened(raw), place)
    return None if at is None else raw[at.offset : at.offset + at.length]


def test_the_bytes_of_an_instruction() -> None:
    units = [unit if isinstance(unit, int) else 0 for unit in CODE]
    assert lies(InnerPlace("method", "LA;->m()V+0x5")) == b"\x0a\x01"
    assert lies(InnerPlace("method", "LA;->m()V+0x6")) == b"".join(unit.to_bytes(2, "little") for unit in units[6:8])
    assert lies(InnerPlace("method", "LA;->m()V+0x8")) == b"\x0e\x00"


def test_a_name_may_hold_what_an_offset_begins_with() -> None:
    assert method_and_offset("LA+0x1;->m()V+0x2") == ("LA+0x1;->m()V", 2)
    for name in ("LA;->m()V", "LA;->m()V+0xzz", "LA;->m()V+0x", "LA+0x1;->m()V"):
        assert method_and_offset(name) == (name, None)


@pytest.mark.parametrize("place", ["", "+0x3", "+0x9", "+0x7fffffff", "+0xffffffff", "+0xffffffffffffffffffff"])
def test_what_is_no_instruction_has_no_bytes(place: str) -> None:
    assert lies(InnerPlace("method", f"LA;->m()V{place}")) is None


def test_other_places_are_no_instructions() -> None:
    assert [lies(place) for place in (None, ByteRange(0, 1), InnerPlace("line", "1"))] == [None] * 3
