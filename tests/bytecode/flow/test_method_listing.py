"""Each sort of line of a method's listing, exactly."""

import pytest

from assay.bytecode.flow import method_listing as module
from assay.bytecode.flow.control_flow import Flows
from assay.bytecode.flow.method_listing import method_listing
from tests.bytecode import dex_writer as w
from tests.bytecode.flow.shapes import Op, assembled
from tests.bytecode.samples import opened


def lines(code: list[w.Unit], tries: list[w.Try] | None = None) -> list[str]:
    dex = opened(w.write([w.Class("LA;", [w.Method(w.MethodId("LA;", "m", w.Proto("V")), code, tries=tries or [])])]))
    return [line.text for line in method_listing(dex, Flows(dex).of(0))]


def test_blocks_loops_and_handlers() -> None:
    code: list[w.Unit] = [0x12, 0x021D, 0x0038, 0xFFFF, 0x0E, 0x010D, 0x0E, 0x0E]
    assert lines(code, [w.Try(1, 1, (("Ljava/io/IOException;", 5), (None, 5)))]) == [
        "block :0000",
        "0000: const/4 v0, 0",
        "block :0001; in the loop from :0001; catches Ljava/io/IOException; at :0005; catches anything at :0005",
        "0001: monitor-enter v2",
        "block :0002; in the loop from :0001",
        "0002: if-eqz v0, :0001",
        "block :0004",
        "0004: return-void",
        "block :0005",
        "0005: move-exception v1",
        "0006: return-void",
        "block :0007; no path leads here",
        "0007: return-void",
    ]


def test_nested_and_irreducible_loops() -> None:
    nested = [
        op for op in lines(assembled([Op("const"), Op("if", (1,)), Op("if", (0,)), Op("return")])) if "block" in op
    ]
    assert nested == [
        "block :0000; in the loop from :0000",
        "block :0001; in the loop from :0001, 2 deep",
        "block :0003; in the loop from :0000",
        "block :0005",
    ]
    both = lines(assembled([Op("if", (2,)), Op("if", (3,)), Op("goto", (1,)), Op("return")]))
    assert "block :0002; in the loop from :0002, which is entered elsewhere too" in both


def test_cases_stand_below_their_switch(monkeypatch: pytest.MonkeyPatch) -> None:
    code = assembled([Op("sparse", (1, 2)), Op("return"), Op("return")])
    assert lines(code)[:4] == [
        "block :0000",
        "0000: sparse-switch v0, :0006",
        "      case -7: :0003",
        "      case 0: :0004",
    ]
    monkeypatch.setattr(module, "MOST_CASES", 1)
    assert lines(code)[2:4] == ["      case -7: :0003", "      … 1 cases more"]


def test_array_data(monkeypatch: pytest.MonkeyPatch) -> None:
    code: list[w.Unit] = [0x26, 4, 0, 0x0E, 0x0300, 2, 3, 0, 1, 0xFFFF, 7]
    assert lines(code)[2] == "      3 values of 2 bytes: 1, -1, 7"
    assert lines(code[:-1])[2] == "      3 values of 2 bytes, 2 of them lie in the code: 1, -1"
    assert lines([0x26, 0, 0, 0x0E])[2] == "      no array data lie there"
    monkeypatch.setattr(module, "MOST_VALUES", 2)
    assert lines(code)[2] == "      3 values of 2 bytes: 1, -1, … 1 more"


def test_names_that_would_move_a_cursor_are_escaped() -> None:
    shown = lines([0x27, 0x0E], [w.Try(0, 1, (("L\u202e\x1b;", 1),))])
    assert "catches L\\u202e" in shown[0]
    assert "\x1b" not in "".join(shown)
