"""The id tables of a DEX file as structured views over its bytes, cut where the file ends.

Source: Android Open Source Project, "Dalvik executable format": string_id_item, type_id_item, proto_id_item,
field_id_item, method_id_item, class_def_item, call_site_id_item, method_handle_item.
"""

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode.header import Header, Section, map_sections
from assay.bytecode.kernel import settled
from assay.model.locator import ByteRange
from assay.model.problem import Problem

Rows = npt.NDArray[np.void]
U4 = npt.NDArray[np.uint32]
I8 = npt.NDArray[np.int64]

STRING = np.dtype([("data", "<u4")])
TYPE = np.dtype([("descriptor", "<u4")])
PROTO = np.dtype([("shorty", "<u4"), ("returns", "<u4"), ("parameters", "<u4")])
FIELD = np.dtype([("class", "<u2"), ("type", "<u2"), ("name", "<u4")])
METHOD = np.dtype([("class", "<u2"), ("proto", "<u2"), ("name", "<u4")])
CLASS = np.dtype(
    [
        ("class", "<u4"), ("access", "<u4"), ("superclass", "<u4"), ("interfaces", "<u4"),
        ("source_file", "<u4"), ("annotations", "<u4"), ("data", "<u4"), ("static_values", "<u4"),
    ]
)  # fmt: skip
CALL_SITE = np.dtype([("data", "<u4")])
METHOD_HANDLE = np.dtype([("kind", "<u2"), ("unused", "<u2"), ("member", "<u2"), ("unused2", "<u2")])


class Tables(msgspec.Struct, frozen=True, eq=False):
    """The id tables, in file order, without a copy. Columns are the dtypes of this module.

    Indices inside the rows are as found; `index_problems` counts those that point outside their table.
    """

    strings: Rows
    types: Rows
    protos: Rows
    fields: Rows
    methods: Rows
    classes: Rows
    call_sites: Rows
    method_handles: Rows


def limits_of(tables: Tables) -> I8:
    """Return the rows of the table that each kind of `assay.bytecode.opcodes.Reference` indexes. Shape (8,)."""
    order = (
        (), tables.strings, tables.types, tables.fields, tables.methods, tables.call_sites, tables.method_handles,
        tables.protos,
    )  # fmt: skip
    return settled(np.array([len(table) for table in order], np.int64))


def read_tables(header: Header, data: memoryview) -> tuple[Tables, list[Problem]]:
    """Return the tables as far as they lie in the file, and the problems met."""
    mapped, problems = map_sections(header, data)
    tables = Tables(
        _rows(header.strings, STRING, data, problems),
        _rows(header.types, TYPE, data, problems),
        _rows(header.protos, PROTO, data, problems),
        _rows(header.fields, FIELD, data, problems),
        _rows(header.methods, METHOD, data, problems),
        _rows(header.classes, CLASS, data, problems),
        _rows(mapped.call_sites, CALL_SITE, data, problems),
        _rows(mapped.method_handles, METHOD_HANDLE, data, problems),
    )
    return tables, [*problems, *index_problems(header, tables)]


def _rows(section: Section, dtype: np.dtype[np.void], data: memoryview, problems: list[Problem]) -> Rows:
    """Return the rows that fit; a problem says how many do not."""
    if section.count == 0:
        return np.zeros(0, dtype)
    fitting = min(section.count, max(0, len(data) - section.offset) // dtype.itemsize)
    if fitting < section.count:
        problems.append(_cut(section, fitting))
    if fitting == 0:
        return np.zeros(0, dtype)
    return np.frombuffer(data, dtype, fitting, section.offset)


def _cut(section: Section, fitting: int) -> Problem:
    what = f"the table of {section.name} states {section.count} rows at {section.offset}, {fitting} lie in the file"
    place = str(ByteRange(section.stated_at, 8))
    cost = f"{section.name} beyond them are not in the index"
    return Problem(place=place, what=what, instead=f"{fitting} rows were read", cost=cost)


def index_problems(header: Header, tables: Tables) -> list[Problem]:
    """Return one problem for each column whose indices point outside the table they name."""
    checks = (
        (header.types, tables.types, "descriptor", tables.strings),
        (header.protos, tables.protos, "shorty", tables.strings),
        (header.protos, tables.protos, "returns", tables.types),
        (header.fields, tables.fields, "class", tables.types),
        (header.fields, tables.fields, "type", tables.types),
        (header.fields, tables.fields, "name", tables.strings),
        (header.methods, tables.methods, "class", tables.types),
        (header.methods, tables.methods, "proto", tables.protos),
        (header.methods, tables.methods, "name", tables.strings),
        (header.classes, tables.classes, "class", tables.types),
    )
    found = (_outside(section, rows, column, len(target)) for section, rows, column, target in checks)
    return [problem for problem in found if problem is not None]


def _outside(section: Section, rows: Rows, column: str, limit: int) -> Problem | None:
    wrong = np.flatnonzero(rows[column] >= limit)
    if len(wrong) == 0:
        return None
    offset, _ = rows.dtype.fields[column][1], None  # type: ignore[index]
    place = ByteRange(section.offset + int(wrong[0]) * rows.dtype.itemsize + offset, rows.dtype[column].itemsize)
    what = f"{len(wrong)} rows of the table of {section.name} point outside a table with their {column}; the first here"
    cost = "what these rows name is not known"
    return Problem(place=str(place), what=what, instead="shown by number", cost=cost)
