"""System properties that are read by reflection, as applications do that are not built with the platform.

Source: Java Platform, Standard Edition, API: java.lang.reflect.Method; AOSP frameworks/base: SystemProperties.
"""

from collections.abc import Generator

from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.ground import Ground, inside, value
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.machine import Question
from assay.bytecode.provenance.terms import Kind, Term

_METHOD = b"Ljava/lang/reflect/Method;"
_PROTOTYPES = (b"(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;", b"(Ljava/lang/String;)Ljava/lang/String;")


def property_read(
    ground: Ground, body: Body, call: Call, context: Context
) -> Generator[Question, int, int | None]:  # fmt: skip
    """Work out the property that a call of Method.invoke reads by constant names, None where it reads none."""
    if call.owner != _METHOD or call.name != b"invoke" or len(call.arguments) < 3:
        return None
    terms = ground.terms
    looked = terms[(yield value(body.definition, call.arguments[0], context))]
    if looked.kind is not Kind.CALL or looked.method not in {"getMethod", "getDeclaredMethod"}:
        return None
    owner, name = (terms[each].value for each in looked.inputs[:2])
    if not isinstance(owner, str) or not isinstance(name, str):
        return None
    array = yield value(body.definition, call.arguments[2], context)
    key, default = [(yield inside(array, "[0]")), (yield inside(array, "[1]"))]
    named = [each for each in terms[key].inputs[1:] if isinstance(terms[each].value, str)]
    given = terms[default].inputs[1:]
    descriptor = f"L{owner.replace('.', '/')};".encode("utf-8", "surrogatepass")
    prototype = _PROTOTYPES[0] if given else _PROTOTYPES[1]
    model = ground.models.find((descriptor,), name.encode("utf-8", "surrogatepass"), prototype)
    if model is None or model.store is None or model.store.kind != "property" or len(named) != 1 or len(given) > 1:
        return None
    missing = given[0] if given else terms.constant("string", "")
    return terms.add(
        Term(
            kind=Kind.STORE, name=f"property:{terms[named[0]].value}", inputs=(missing,), guards=(None,), model=model,
            definition=body.definition, pc=call.pc, context=context,
        )
    )  # fmt: skip
