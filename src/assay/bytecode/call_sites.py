"""What invoke-custom calls: the bootstrap method, and what it is given to link the call.

Source: Android Open Source Project, "Dalvik executable format": call_site_id_item, call_site_item,
method_handle_item; java.lang.invoke.LambdaMetafactory and StringConcatFactory of the Java platform.
"""

from enum import IntEnum
from typing import NamedTuple

import msgspec

from assay.bytecode.cursor import broken
from assay.bytecode.encoded_values import Sort, Value, Values
from assay.bytecode.names import Names
from assay.bytecode.tables import Tables
from assay.model.locator import ByteRange
from assay.model.problem import Problem

_METAFACTORY = ("Ljava/lang/invoke/LambdaMetafactory;", ("metafactory", "altMetafactory"))
_CONCATENATION = ("Ljava/lang/invoke/StringConcatFactory;", ("makeConcatWithConstants",))
_IMPLEMENTATION, _RECIPE = 1, 0
_COST = "what this call reaches is not known"


class HandleKind(IntEnum):
    """What a method handle does."""

    STATIC_PUT = 0
    STATIC_GET = 1
    INSTANCE_PUT = 2
    INSTANCE_GET = 3
    INVOKE_STATIC = 4
    INVOKE_INSTANCE = 5
    INVOKE_CONSTRUCTOR = 6
    INVOKE_DIRECT = 7
    INVOKE_INTERFACE = 8


class MethodHandle(NamedTuple):
    """A row of the table of method handles: what it does, and the field (kinds 0 to 3) or method index it names."""

    kind: HandleKind
    member: int

    @property
    def calls(self) -> bool:
        """Whether it names a method."""
        return self.kind >= HandleKind.INVOKE_STATIC


class CallSite(msgspec.Struct, frozen=True):
    """One call site; None where it breaks off before, or holds something else there.

    `bootstrap`: index of the method handle; `name`: string index of the method's name; `prototype`: proto index;
    `arguments`: the static arguments behind these three. Indices are as found.
    """

    bootstrap: int | None = None
    name: int | None = None
    prototype: int | None = None
    arguments: tuple[Value, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_method_handle(tables: Tables, index: int) -> MethodHandle | None:
    """Return a method handle, None where the table has none, or one of a kind or member that does not exist."""
    if not 0 <= index < len(tables.method_handles):
        return None
    kind, _, member, _ = (int(value) for value in tables.method_handles[index])
    if kind > HandleKind.INVOKE_INTERFACE:
        return None
    handle = MethodHandle(HandleKind(kind), member)
    return handle if member < len(tables.methods if handle.calls else tables.fields) else None


def read_call_site(data: memoryview, tables: Tables, index: int) -> CallSite:
    """Return a call site. Raises: IndexError."""
    if not 0 <= index < len(tables.call_sites):
        raise IndexError(index)
    offset, values = int(tables.call_sites["data"][index]), Values(data, tables)
    found, error = values.array(offset)
    problems = [] if error is None else [broken("call sites", offset, error, _COST)]
    wanted = (Sort.METHOD_HANDLE, Sort.STRING, Sort.METHOD_TYPE)
    bootstrap, name, prototype = (_index(found, row, sort) for row, sort in enumerate(wanted))
    if None in (bootstrap, name, prototype) and error is None:
        problems.append(_problem(offset, "a call site does not begin with a method handle, a name and a prototype"))
    if values.astray:
        problems.append(_problem(values.astray[0], f"{len(values.astray)} values of a call site are not in a table"))
    return CallSite(bootstrap, name, prototype, found[3:], tuple(problems))


def implementation(site: CallSite, tables: Tables, names: Names) -> MethodHandle | None:
    """Return the method that a lambda or method reference runs, None for a call site of any other sort."""
    if not _bootstrapped(site, tables, names, _METAFACTORY):
        return None
    index = _index(site.arguments, _IMPLEMENTATION, Sort.METHOD_HANDLE)
    return None if index is None else read_method_handle(tables, index)


def recipe(site: CallSite, tables: Tables, names: Names) -> int | None:
    """Return the string index of a concatenation's recipe, None for a call site of any other sort.

    In the recipe U+0001 stands for an argument of the call, U+0002 for the next static argument behind the recipe.
    """
    found = _bootstrapped(site, tables, names, _CONCATENATION)
    return _index(site.arguments, _RECIPE, Sort.STRING) if found else None


def _bootstrapped(site: CallSite, tables: Tables, names: Names, by: tuple[str, tuple[str, ...]]) -> bool:
    """Say whether a call site's bootstrap method is one of the names of a class."""
    handle = None if site.bootstrap is None else read_method_handle(tables, site.bootstrap)
    if handle is None or not handle.calls:
        return False
    name = names.name(int(tables.methods["name"][handle.member]))
    return names.method_class(handle.member) == by[0] and name in by[1]


def _index(values: tuple[Value, ...], row: int, sort: Sort) -> int | None:
    value = values[row] if row < len(values) else None
    return value.content if value is not None and value.sort is sort and isinstance(value.content, int) else None


def _problem(offset: int, what: str) -> Problem:
    return Problem(place=str(ByteRange(offset, 4)), what=what, instead="read as far as it goes", cost=_COST)
