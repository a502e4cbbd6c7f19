"""Sites of comparing calls: candidates with their operands, surroundings and the reason why some are left out."""

import numpy as np
import numpy.typing as npt

from assay.bytecode.flow.decisions import feeds_decision
from assay.bytecode.kernel import settled
from assay.bytecode.opcodes import opcode
from assay.bytecode.sites.calls import Calls, fitted
from assay.bytecode.sites.choice import Evidence, chosen
from assay.bytecode.sites.patterns import alternatives
from assay.bytecode.sites.record import DTYPES, FAMILIES, OPERATORS, Sites
from assay.bytecode.sites.scene import Scene
from assay.bytecode.sites.sides import Sides, sides_of
from assay.bytecode.sites.tracing import CHAR, HASHED

I1 = npt.NDArray[np.int8]
I8 = npt.NDArray[np.int64]

_PLAIN_METHODS = (b"equals", b"hashCode", b"compareTo")
_UNDONE = OPERATORS.index("replace-and-compare")
_SWITCH, _SWITCHES = OPERATORS.index("string-switch"), FAMILIES.index("switch")
_SWITCH_OPCODES = tuple(map(opcode, ("packed-switch", "sparse-switch")))
_NATIVES = FAMILIES.index("native")
_HASHED, _HASHES = OPERATORS.index("contains-hash"), FAMILIES.index("hashes")
_COLLECTION = np.arange(len(FAMILIES)) == FAMILIES.index("collection")


def called(scene: Scene, found: Calls, written: I8) -> Sites:
    """Return the sites of all comparing calls; `written`: writes of fields of patterns (`patterns.puts`)."""
    rows = scene.rows_of(found.references)
    calls = fitted(found, scene.graph.code, rows)
    sides = sides_of(scene, calls, rows)
    known = _evidence(scene, calls, rows, sides, written)
    choice = chosen(calls, sides, known)
    operator = np.where(sides.replaced, _UNDONE, calls.operator)
    hashed = _COLLECTION[calls.family] & (sides.text.kinds & (CHAR | HASHED) != 0)
    operator, family = np.where(hashed, _HASHED, operator), np.where(hashed, _HASHES, calls.family)
    switched = (choice.head == np.arange(len(rows))) & np.isin(known.definitions, _switching(scene))
    operator, family = np.where(switched, _SWITCH, operator), np.where(switched, _SWITCHES, family)
    head = np.where(choice.head >= 0, scene.within(rows)[choice.head], -1)
    return _sites(
        definition=known.definitions, row=scene.within(rows), pc=scene.graph.code.pc[rows], family=family,
        operator=operator, method=calls.methods, text_row=scene.within(sides.text.rows),
        text=_numbers(scene, calls, sides.text.numbers), list_row=scene.within(sides.list.rows),
        list=_numbers(scene, calls, sides.list.numbers), symmetric=calls.symmetric,
        text_typed=sides.typed, in_loop=known.looped > 0, decides=known.decides, reason=choice.reason, head=head,
        score=choice.score,
    )  # fmt: skip


def _numbers(scene: Scene, calls: Calls, words: I1) -> I1:
    """Return the numbers of arguments at some words: of native methods wide ones may stand before them."""
    found = words.copy()
    for row in np.flatnonzero((calls.family == _NATIVES) & (words >= 0)).tolist():
        static = bool(calls.static[row])
        found[row] = scene.parameters.place(int(calls.methods[row]), int(words[row]), static=static)
    return found


def _sites(**columns: npt.NDArray[np.generic]) -> Sites:
    return Sites(*(settled(columns[name].astype(dtype)) for name, dtype in DTYPES.items()))


def _evidence(scene: Scene, calls: Calls, rows: I8, sides: Sides, written: I8) -> Evidence:
    definitions = scene.definitions(rows)
    names = scene.dex.tables.methods["name"][scene.dex.methods.method[definitions]]
    regex = calls.family == FAMILIES.index("regex")
    plain = [index for name in _PLAIN_METHODS for index in scene.dex.find_string(name)]
    return Evidence(
        definitions=definitions,
        looped=scene.looped(rows),
        asked=scene.asked_in_loop(definitions),
        decides=feeds_decision(scene.graph, rows)[0],
        plain=np.isin(names, plain),
        alternatives=np.where(regex, alternatives(scene, sides.list, written), 0).astype(np.int32),
    )


def _switching(scene: Scene) -> I8:
    """Return the definitions with a switch over the hash of a string."""
    code = scene.graph.code
    rows = np.flatnonzero(np.isin(code.opcode, _SWITCH_OPCODES))
    found = scene.ask(rows, code.a[rows].astype(np.int64))
    return scene.definitions(rows[found.kinds & HASHED != 0])
