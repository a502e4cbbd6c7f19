"""What the registers of a method hold when it begins: its parameters, in the last registers.

Source: Android Open Source Project, "Dalvik executable format": code_item, registers_size and ins_size.
"""

import numpy as np
import numpy.typing as npt

from assay.bytecode.bodies import HEADER_UNITS
from assay.bytecode.class_data import ACC_STATIC
from assay.bytecode.dex import DexFile
from assay.bytecode.flow.code import Code
from assay.bytecode.flow.known_types import NO_TYPE, KnownTypes
from assay.bytecode.flow.type_values import (
    DOUBLE,
    FIRST_TYPE,
    FLOAT,
    INTEGER,
    LONG,
    OBJECT,
    UNINITIALISED_THIS,
    UNSET,
)

I4 = npt.NDArray[np.int32]

_SORTS = {ord("F"): FLOAT, ord("J"): LONG, ord("D"): DOUBLE, ord("L"): OBJECT, ord("["): OBJECT}


def entry_types(dex: DexFile, code: Code, known: KnownTypes) -> I4:
    """Return the type of each register of the one method of some code, as its prototype has it (`type_values`).

    As many registers as the code states, parameters that do not fit left out.
    """
    if len(code.definitions) == 0:
        return np.zeros(0, np.int32)
    first = int(code.bodies.first[0])
    registers, ins = (int(dex.units[first - HEADER_UNITS + n]) if first else 0 for n in range(2))
    found = np.full(registers, UNSET, np.int32)
    values = _parameters(dex, int(code.definitions[0]), known)[:ins]
    at = max(registers - ins, 0)
    found[at : at + len(values)] = values[: registers - at]
    return found


def _parameters(dex: DexFile, definition: int, known: KnownTypes) -> list[int]:
    method = int(dex.methods.method[definition])
    row = dex.tables.methods[method]
    values: list[int] = []
    if not dex.methods.access[definition] & ACC_STATIC:
        values.append(UNINITIALISED_THIS if known.starts_object[method] else _value(int(row["class"]), known)[0])
    for type_ in dex.names.parameters(int(row["proto"])):
        values += _value(type_, known)
    return values


def _value(type_: int, known: KnownTypes) -> list[int]:
    """Return what one or two registers hold that hold a value of a type."""
    sort = int(known.sorts[type_]) if NO_TYPE < type_ < len(known.sorts) else ord("L")
    value = _SORTS.get(sort, INTEGER)
    if value in {LONG, DOUBLE}:
        return [value, value + 1]
    return [FIRST_TYPE + type_] if value == OBJECT and type_ < len(known.sorts) else [value]
