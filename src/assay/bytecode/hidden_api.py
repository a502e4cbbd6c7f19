"""Which members of a platform library applications may not use, or only older ones.

Source: Android Open Source Project, "Dalvik executable format": hiddenapi_class_data_item.
"""

from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode import faults
from assay.bytecode.class_data import Fields, Methods
from assay.bytecode.header import Section
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.tables import U4, Tables
from assay.model.problem import Problem

U1 = npt.NDArray[np.uint8]

RESTRICTION = 0x7
"""Bits of a flag that hold the restriction; those above, where there are any, are of the platform's own domains."""
RESTRICTIONS = ("sdk", "unsupported", "blocked", "max-target-o", "max-target-p", "max-target-q", "max-target-r")
"""Words for restrictions 0 to 6; the names of the platform releases from which they hold are in the words."""

_OUTSIDE, _CUT, _UNEQUAL = range(3)
_MISSING = "which members are hidden is not known there"
_SORTS = (
    ("flags of hidden members lie outside the file", "read as 0", _MISSING),
    ("flags of hidden members break off", "those behind were read as 0", _MISSING),
    ("flags of hidden members belong to class data that were not read in full", "read as 0", _MISSING),
)


class HiddenApi(msgspec.Struct, frozen=True, eq=False):
    """Flags of each field definition and each method definition, in the order of `Fields` and `Methods`; u4.

    0 also where the file states none; `stated` says whether it has the section at all.
    """

    stated: bool
    fields: U4
    methods: U4


class _Members(NamedTuple):
    """Owners of the definitions of one sort, and where the kernel writes their flags."""

    owner: U4
    flags: U4


def read_hidden_api(
    section: Section, tables: Tables, members: tuple[Fields, Methods], data: U1
) -> tuple[HiddenApi, list[Problem]]:
    """Return the flags of all definitions and the problems met."""
    fields, methods = (_Members(each.owner, np.zeros(len(each.owner), np.uint32)) for each in members)
    met = faults.tally(len(_SORTS))
    classes = tables.classes["data"] if section.count else np.zeros(0, np.uint32)
    _read(data, section.offset, settled(classes), fields, methods, met)
    found = HiddenApi(section.count > 0, settled(fields.flags), settled(methods.flags))
    return found, faults.problems(met, _SORTS)


@kernel
def _read(  # noqa: C901 - one function, as the rules of kernels ask
    data: U1, section: int, classes: U4, fields: _Members, methods: _Members, met: faults.Tally
) -> None:
    """Write the flags of all classes in order; the definitions of a class are one run of rows."""
    field_owner, field_flags = fields
    method_owner, method_flags = methods
    field = method = 0
    for row in range(classes.size):
        first_field, first_method = field, method
        while field < field_owner.size and field_owner[field] == row:
            field += 1
        while method < method_owner.size and method_owner[method] == row:
            method += 1
        at = section + 4 + 4 * row
        if at + 4 > data.size:
            _note(met, _OUTSIDE, section)
            return
        offset = int64(0)
        for i in range(4):
            offset |= int64(data[at + i]) << (8 * i)
        if offset == 0:
            continue
        place = section + offset
        if place >= data.size:
            _note(met, _OUTSIDE, at)
            continue
        if not _whole(data, int64(classes[row]), field - first_field, method - first_method):
            _note(met, _UNEQUAL, at)
            continue
        for i in range(first_field, field):
            field_flags[i], place = _uleb128(data, place)
        for i in range(first_method, method):
            method_flags[i], place = _uleb128(data, place)
        if place < 0:
            _note(met, _CUT, at)


@kernel
def _whole(data: U1, place: int, fields: int, methods: int) -> bool:
    """Say whether class data state as many fields and methods as were read."""
    first, place = _uleb128(data, place)
    second, place = _uleb128(data, place)
    third, place = _uleb128(data, place)
    fourth, place = _uleb128(data, place)
    return place >= 0 and first + second == fields and third + fourth == methods


@kernel
def _uleb128(data: U1, place: int) -> tuple[int, int]:
    """Return the value, at most 2**32 - 1, and the place behind it; (0, -1) outside the file or after a fault."""
    value = int64(0)
    for i in range(5):
        if place < 0 or place + i >= data.size:
            return 0, -1
        byte = int64(data[place + i])
        value |= (byte & 0x7F) << (7 * i)
        if byte < 0x80:
            return value & 0xFFFFFFFF, place + i + 1
    return 0, -1


@kernel
def _note(met: faults.Tally, sort: int, offset: int) -> None:
    if met[sort, 0] == 0:
        met[sort, 1] = offset
    met[sort, 0] += 1
