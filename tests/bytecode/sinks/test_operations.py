"""What is done on the way of content, nearest to its origin first."""

from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.origins import origins
from assay.bytecode.sinks.operations import operations
from assay.reference.models import models
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import only, program
from tests.bytecode.provenance.linked import constant, given_back, proto, result, statically, text, virtual

STRING, DIGEST = "Ljava/lang/String;", "Ljava/security/MessageDigest;"
NUMBER = [*virtual("Landroid/telephony/TelephonyManager;", "getDeviceId", proto(STRING), 15), *result(0)]
BYTES = [*virtual(STRING, "getBytes", proto("[B"), 0), *result(0)]
DIGESTED = [*text(1, "SHA-256"), *statically(DIGEST, "getInstance", proto(DIGEST, STRING), 1), *result(1),
            *virtual(DIGEST, "digest", proto("[B", "[B"), 1, 0), *result(0)]  # fmt: skip
BASE64 = [
    *constant(1, 2),
    *statically("Landroid/util/Base64;", "encodeToString", proto(STRING, "[B", "I"), 0, 1),
    *result(0),
]


def done(code: list[w.Unit]) -> tuple[str, ...]:
    method = k.method("LA;", "m", k.PUBLIC | k.STATIC, [*code, *given_back(0)], proto("Ljava/lang/Object;"))
    evaluator = Evaluator(program([k.kin("LA;", method)]), models())
    body = evaluator.bodies.of(only(evaluator.ground.program, "LA;->m()Ljava/lang/Object;"))
    assert body is not None
    term = evaluator.text(evaluator.term(body.definition, body.returns[0][1]))
    (way,) = {each.way for each in origins(evaluator.terms, term) if each.label == "identifier.imei"}
    return operations(evaluator, way)


def test_nothing_is_done_to_a_text_as_it_is() -> None:
    assert done(NUMBER) == ()
    assert done([*NUMBER, *BYTES]) == ()


def test_a_digest_that_is_encoded() -> None:
    assert done([*NUMBER, *BYTES, *DIGESTED, *BASE64]) == ("digest", "encode-base64")


def test_an_encoding_alone() -> None:
    assert done([*NUMBER, *BYTES, *BASE64]) == ("encode-base64",)
