"""What commands give, against programs written by hand: told by the program that is run."""

import pytest

from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.origins import origins
from assay.reference.models import models
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import only, program
from tests.bytecode.provenance import linked as l

RUNTIME, PROCESS, BUILDER, STREAM = (
    "Ljava/lang/Runtime;", "Ljava/lang/Process;", "Ljava/lang/ProcessBuilder;", "Ljava/io/InputStream;",
)  # fmt: skip
ARRAY = "[Ljava/lang/String;"
OUTPUT = [*l.virtual(PROCESS, "getInputStream", l.proto(STREAM), 2), *l.result(0), *l.given_back(0)]


def words(*every: str) -> list[w.Unit]:
    """An array of texts in v1."""
    made: list[w.Unit] = [*l.constant(3, len(every)), 0x23 | 1 << 8 | 3 << 12, w.Index("type", ARRAY)]
    for at, word in enumerate(every):
        made += [*l.constant(3, at), *l.text(4, word), 0x4D | 4 << 8, 1 | 3 << 8]
    return made


def run(command: str) -> list[w.Unit]:
    return [*l.text(1, command), *l.virtual(RUNTIME, "exec", l.proto(PROCESS, l.STRING), 5, 1), *l.result(2)]


def run_words(*every: str) -> list[w.Unit]:
    return [*words(*every), *l.virtual(RUNTIME, "exec", l.proto(PROCESS, ARRAY), 5, 1), *l.result(2)]


def built(*every: str) -> list[w.Unit]:
    made = [*words(*every), *l.made(5, BUILDER, 1, of=l.proto("V", ARRAY))]
    merged = [*l.virtual(BUILDER, "redirectErrorStream", l.proto(BUILDER, "Z"), 5, 3), *l.result(5)]
    return [*made, *merged, *l.virtual(BUILDER, "start", l.proto(PROCESS), 5), *l.result(2)]


def labels(code: list[w.Unit]) -> list[str]:
    opened = program([k.kin("LMain;", l.static("LMain;", "m", l.proto(STREAM), [*code, *OUTPUT]))])
    evaluator = Evaluator(opened, models())
    definition = only(opened, f"LMain;->m(){STREAM}")
    body = evaluator.bodies.of(definition)
    assert body is not None
    ((_, value),) = body.returns
    return [each.label for each in origins(evaluator.terms, evaluator.term(definition, value))]


@pytest.mark.parametrize(
    ("code", "label"),
    [
        (run("logcat -d -v brief"), "text.log"),
        (run("/system/bin/logcat"), "text.log"),
        (run("sh -c 'logcat|cat'"), "text.log"),
        (run("getprop"), "text.device"),
        (run("cat logcat.old"), "text.device"),
        (run("pm list packages"), "text.packages"),
        (run_words("su", "-c", "dmesg"), "text.log"),
        (run_words("id"), "text.device"),
        (built("logcat", "-d"), "text.log"),
        (built("uptime"), "text.device"),
    ],
)
def test_the_program_that_is_run_tells_what_its_output_is(code: list[w.Unit], label: str) -> None:
    assert labels(code) == [label]


def test_output_of_a_process_of_which_no_command_is_known_is_of_the_device() -> None:
    given = [*l.statically("LOther;", "begun", l.proto(PROCESS)), *l.result(2)]
    assert labels(given) == ["text.device"]
