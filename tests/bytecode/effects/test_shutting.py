"""Constants that shut off what follows: it is there, and its gate is closed."""

import pytest

from assay.bytecode.gates.truth import Truth
from tests.bytecode import dex_writer as w
from tests.bytecode.effects import followed as f
from tests.bytecode.provenance import linked as l

ASK = [*l.statically(f.MAIN, "on", l.proto("Z")), 0x0A | 1 << 8]


def on(value: int) -> w.Method:
    """A method that is always the same."""
    return l.static(f.MAIN, "on", l.proto("Z"), [*l.constant(0, value), 0x0F])


@pytest.mark.parametrize("value", [0, 1])
def test_what_a_constant_shuts_off_behind_the_match_is_told(value: int) -> None:
    code: list[f.Item] = [f.asks("has", "Z"), (f.IF_EQZ, 0, -1, "end"), ASK, (f.IF_EQZ, 1, -1, "end"), f.toast(), "end"]
    found = f.compared(*code, more=(on(value),))
    assert found.outcome.consequences == ("message",)
    assert {line.unset for line in found.gate.lines} == {Truth(2 * value)}
    assert {line.server_opens for line in found.gate.lines} == {Truth(2 * value)}


def test_what_is_not_sent_for_a_match_that_a_constant_takes_back_is_told() -> None:
    code: list[f.Item] = [f.asks("has", "Z"), (f.IF_EQZ, 0, -1, "send"), ASK, (f.IF_NEZ, 1, -1, "end"), "send"]
    found = f.compared(*code, f.send(), "end", more=(on(0),))
    assert found.outcome.consequences == ("refused",)
    assert {line.unset for line in found.gate.lines} == {Truth.NO}


def test_what_no_match_leads_to_is_not() -> None:
    code: list[f.Item] = [f.asks("has", "Z"), (f.IF_EQZ, 0, -1, "end"), "end", ASK, (f.IF_EQZ, 1, -1, "off"), f.toast()]
    assert f.what_follows(*code, "off", more=(on(0),)).consequences == ()


def test_a_number_in_the_method_itself_is_no_such_constant() -> None:
    code: list[f.Item] = [f.asks("has", "Z"), (f.IF_EQZ, 0, -1, "end"), l.constant(1, 0), (f.IF_EQZ, 1, -1, "end")]
    assert f.what_follows(*code, f.toast(), "end").consequences == ()
