"""What a fact is: one row of a typed table, at a place in an artefact. Facts do not judge."""

import re
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Generic, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from assay.model import canonical
from assay.model.ids import short


class Column(msgspec.Struct, frozen=True):
    """What a column holds: meaning and origin, and the unit where it is a number."""

    meaning: str
    unit: str = ""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """The base of every fact table. `place` is the printed inner place (`assay.model.locator.Place`).

    Text columns hold text as found (`assay.model.text`). A subclass states its table name and columns, each
    ``Annotated[type, Column(…)]`` with type str, int, bool, one of them or None, or a tuple of str.
    """

    table: ClassVar[str] = ""

    place: Annotated[str, Column("inner place in the artefact, empty for the artefact as a whole")] = ""


F_co = TypeVar("F_co", bound=Fact, covariant=True)


class Located(msgspec.Struct, Generic[F_co], frozen=True):
    """A fact in its table: its id, the artefact that shows it, and the analyser that saw it."""

    fact: str
    artefact: str
    analyser: str
    row: F_co


class TableColumn(msgspec.Struct, frozen=True):
    """One column of a table as data: name, plain type name, whether it may be null, and its `Column`."""

    name: str
    type: str
    nullable: bool
    column: Column


_PLAIN = {str: "text", int: "integer", bool: "boolean"}


def columns(record: type[Fact]) -> tuple[TableColumn, ...]:
    """Return the columns of a fact table in the order of its record. Raises: TypeError for an unsupported type."""
    hints = get_type_hints(record, include_extras=True)
    return tuple(_column(record, name, hints[name]) for name in record.__struct_fields__)


def _column(record: type[Fact], name: str, hint: Any) -> TableColumn:  # noqa: ANN401 - a type expression
    if get_origin(hint) is not Annotated:
        msg = f"{record.__name__}.{name} has no Column"
        raise TypeError(msg)
    inner, note, *_ = get_args(hint)
    kind, nullable = _plain_type(inner)
    return TableColumn(name, kind, nullable, note)


def _plain_type(inner: Any) -> tuple[str, bool]:  # noqa: ANN401 - a type expression
    if inner in _PLAIN:
        return _PLAIN[inner], False
    if inner == tuple[str, ...]:
        return "list of text", False
    members = [member for member in get_args(inner) if member is not NoneType]
    if isinstance(inner, UnionType) and len(members) == 1 and members[0] in _PLAIN:
        return _PLAIN[members[0]], True
    msg = f"no column type for {inner}"
    raise TypeError(msg)


def table_of(record: type[Fact]) -> str:
    """Return the table's name: the record's name in snake case, unless the record states one."""
    return record.table or re.sub(r"(?<!^)(?=[A-Z])", "_", record.__name__).lower()


def fact_id(artefact: str, row: Fact) -> str:
    """Return ``f-<16 hex>`` over table, artefact and row: the same observation has the same id in every case."""
    return short("f", canonical.digest([table_of(type(row)), artefact, row]))
