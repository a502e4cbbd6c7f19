"""What stands at a place in code: the whole block around it, marked."""

import pytest

from assay.engine import inside as module
from assay.engine.inside import inside
from assay.model.locator import InnerPlace
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
