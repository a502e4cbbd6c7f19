"""What a field begins with is gone where a first use has written it."""

import pytest

from assay.bytecode.gates.answered import Answered
from assay.bytecode.gates.beginnings import Beginnings
from assay.bytecode.gates.execution import Execution
from assay.bytecode.provenance.evaluator import Evaluator
from tests.bytecode import dex_writer as w
from tests.bytecode.effects import conditions as c
from tests.bytecode.effects import followed as f
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import only, program
from tests.bytecode.provenance import linked as l

MODE = w.FieldId(f.MAIN, "mode", l.OBJECT)
CHOSEN = l.proto(l.OBJECT)


def known(*, first: bool, gate: bool) -> w.Method:
    """if (mode == null) { mode = new Mode(); } return mode;

    Without `first` what was read before that is given; with `gate` it is written in one market alone.
    """
    read = [l.got_static(4, MODE)] if first else []
    asked = c.Coded("gate", "then").items if gate else []
    made = [*asked, "then", l.new(0, "Lout/Mode;"), l.put_static(0, MODE), "else"]
    code = f.laid(l.got_static(4, MODE), (f.IF_NEZ, 4, -1, "made"), *made, "made", *read, [0x0411])
    return l.static(f.MAIN, "known", CHOSEN, code)


@pytest.mark.parametrize(("first", "gate"), [(True, False), (False, False), (True, True)])
def test_what_is_written_wherever_it_was_empty_is_what_is_read_behind(*, first: bool, gate: bool) -> None:
    made = k.kin(f.MAIN, known(first=first, gate=gate))
    made.static_fields = [MODE]
    opened = program([made])
    terms, definition = Evaluator(opened, f.OWN), only(opened, f"{f.MAIN}->known(){l.OBJECT}")
    body = terms.bodies.of(definition)
    assert body is not None
    ((_, value),) = body.returns
    beginnings = Beginnings(terms, Execution(terms.bodies, terms.links), Answered(terms, lambda _: False))
    assert beginnings.gone(terms.term(definition, value)) is (first and not gate)
