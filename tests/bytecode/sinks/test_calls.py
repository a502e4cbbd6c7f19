"""Calls by their models and by name."""

from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.sinks.calls import called, modelled_calls, operand, placed
from assay.reference.models import models
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import only, program
from tests.bytecode.provenance.linked import proto, statically, text, virtual

STRING = "Ljava/lang/String;"
LOG = [*text(0, "a"), *statically("Landroid/util/Log;", "i", proto("I", STRING, STRING), 0, 0)]
VIEW = virtual("LView;", "setText", proto("V", "Ljava/lang/CharSequence;"), 1, 0)
CLASSES = [
    k.kin(
        "LA;", k.method("LA;", "m", k.PUBLIC | k.STATIC, [*LOG, *VIEW]), k.method("LA;", "n", k.PUBLIC | k.STATIC, LOG)
    ),
    k.kin("LView;", superclass="Landroid/widget/TextView;"),
]


def evaluator() -> Evaluator:
    return Evaluator(program(CLASSES), models())


def test_calls_by_model_in_the_order_of_code() -> None:
    own = evaluator()
    found = modelled_calls(own.ground, lambda model: model.sink in {"effect.log", "effect.show"})
    names = [(own.ground.program.method_name(each.definition), each.pc, each.model.sink) for each in found]
    assert names == [("LA;->m()V", 2, "effect.log"), ("LA;->m()V", 5, "effect.show"), ("LA;->n()V", 2, "effect.log")]
    assert modelled_calls(own.ground, lambda model: model.sink == "effect.sms") == []


def test_calls_by_name_reach_subclasses_of_the_program() -> None:
    own = evaluator()
    found = list(called(own.ground, (b"Landroid/widget/TextView;", b"Landroid/util/Log;"), (b"setText", b"i")))
    assert [(each.call.name, each.call.pc) for each in found] == [(b"setText", 5), (b"i", 2), (b"i", 2)]
    assert list(called(own.ground, (b"LOther;",), (b"i",))) == []


def test_operands_count_as_models_do() -> None:
    own = evaluator()
    definition = only(own.ground.program, "LA;->m()V")
    log, view = placed(own.ground, definition, 2), placed(own.ground, definition, 5)
    assert log is not None
    assert view is not None
    assert operand(log.call, 0) is None
    assert operand(log.call, 1) == operand(log.call, 2) == operand(view.call, 1)
    assert operand(log.call, 3) is None
    assert placed(own.ground, definition, 1) is None
    assert placed(own.ground, definition, 0) is None
