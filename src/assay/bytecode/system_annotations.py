"""What compilers write down in annotations of their own: generic signatures, enclosing classes, declared exceptions.

Source: Android Open Source Project, "Dalvik executable format": system annotations.
"""

from collections.abc import Callable, Iterable

import msgspec

from assay.bytecode.annotations import Item
from assay.bytecode.encoded_values import Annotation, Element, Sort, Value
from assay.bytecode.names import Names

_PACKAGE = b"Ldalvik/annotation/"


class SystemView(msgspec.Struct, frozen=True, kw_only=True):
    """System annotations of a class, field or method; None and () where there is none, or none of the right shape.

    `signature`: the generic signature, its pieces joined, MUTF-8 as found. `inner_name`: simple name of an inner class,
    None also for an anonymous one, which `inner_access` (access flags) tells apart. `enclosing_class`,
    `member_classes`, `throws`: type indices; `enclosing_method`: method index. `parameter_names` (string indices, None
    without a name) and `parameter_access` (access flags): one row a parameter. `defaults`: default values of an
    annotation's elements. Indices are as found.
    """

    signature: bytes | None = None
    inner_name: bytes | None = None
    inner_access: int | None = None
    enclosing_class: int | None = None
    enclosing_method: int | None = None
    member_classes: tuple[int, ...] = ()
    throws: tuple[int, ...] = ()
    parameter_names: tuple[int | None, ...] = ()
    parameter_access: tuple[int, ...] = ()
    defaults: tuple[Element, ...] = ()


def system_view(items: Iterable[Item], names: Names) -> SystemView:
    """Return the system annotations among those of one class, field or method; of two of one type the first."""
    found: dict[str, object] = {}
    for item in reversed(list(items)):
        kind = _descriptor(item.type, names)
        if kind.startswith(_PACKAGE):
            for name, value in item.elements:
                read = _READERS.get((kind[len(_PACKAGE) : -1], _bytes(name, names)))
                if read is not None:
                    found[read[0]] = read[1](value, names)
    return SystemView(**found)  # type: ignore[arg-type]


def _descriptor(type_: int, names: Names) -> bytes:
    index = names.type_string(type_)
    return b"" if index is None else _bytes(index, names)


def _bytes(index: int, names: Names) -> bytes:
    return names.string_bytes(index) if 0 <= index < names.string_count else b""


def _joined(value: Value, names: Names) -> bytes | None:
    if value.sort is not Sort.ARRAY:
        return None
    return b"".join(_bytes(index, names) for index in _indices(Sort.STRING)(value, names))


def _text(value: Value, names: Names) -> bytes | None:
    return _bytes(int(value.content), names) if value.sort is Sort.STRING else None  # type: ignore[arg-type]


def _one(sort: Sort) -> Callable[[Value, Names], int | None]:
    return lambda value, _: int(value.content) if value.sort is sort else None  # type: ignore[arg-type]


def _many(value: Value) -> tuple[Value, ...]:
    return value.content if isinstance(value.content, tuple) and value.sort is Sort.ARRAY else ()


def _indices(sort: Sort) -> Callable[[Value, Names], tuple[int, ...]]:
    return lambda value, _: tuple(int(each.content) for each in _many(value) if each.sort is sort)  # type: ignore[arg-type]


def _optional(value: Value, _: Names) -> tuple[int | None, ...]:
    return tuple(int(each.content) if each.sort is Sort.STRING else None for each in _many(value))  # type: ignore[arg-type]


def _elements(value: Value, _: Names) -> tuple[Element, ...]:
    return value.content.elements if isinstance(value.content, Annotation) else ()


_READERS: dict[tuple[bytes, bytes], tuple[str, Callable[[Value, Names], object]]] = {
    (b"Signature", b"value"): ("signature", _joined),
    (b"InnerClass", b"name"): ("inner_name", _text),
    (b"InnerClass", b"accessFlags"): ("inner_access", _one(Sort.INT)),
    (b"EnclosingClass", b"value"): ("enclosing_class", _one(Sort.TYPE)),
    (b"EnclosingMethod", b"value"): ("enclosing_method", _one(Sort.METHOD)),
    (b"MemberClasses", b"value"): ("member_classes", _indices(Sort.TYPE)),
    (b"Throws", b"value"): ("throws", _indices(Sort.TYPE)),
    (b"MethodParameters", b"names"): ("parameter_names", _optional),
    (b"MethodParameters", b"accessFlags"): ("parameter_access", _indices(Sort.INT)),
    (b"AnnotationDefault", b"value"): ("defaults", _elements),
}
