r"""What the numbers of a DEX file stand for, in the notation of smali: ``Lorg/x/A;->m(I)V``.

Numbers that name nothing (outside their table) are shown as ``type@17``. Names stand as they are, with two exceptions:
one of more than `MAX_NAME_BYTES` is shown by number too, so that a hostile name cannot fill a report, and one that is
not text is shown with each byte that is not printable ASCII as ``\xNN``, because it stands in the middle of a text.
Source: Android Open Source Project, "Dalvik executable format": proto_id_item, type_list, method_handle_item.
"""

import struct
from functools import lru_cache

from assay.bytecode.strings import Strings, text_of
from assay.bytecode.tables import Tables
from assay.model import text

MAX_NAME_BYTES = 2048
"""Longest name or prototype that is shown in full, in bytes of MUTF-8 (a prototype in characters)."""
MAX_PARAMETERS = 255
"""Most parameters of a method (Dalvik bytecode: an invoke passes at most 255 words)."""

_CACHED = 1 << 14

_HANDLES = (
    "static-put", "static-get", "instance-put", "instance-get", "invoke-static", "invoke-instance",
    "invoke-constructor", "invoke-direct", "invoke-interface",
)  # fmt: skip


class Names:
    """Resolves indices of one DEX file to text as found (`assay.model.text`)."""

    def __init__(self, data: memoryview, tables: Tables, strings: Strings) -> None:
        """Keep the tables and the bytes; nothing is decoded yet."""
        self._data = data
        self._tables = tables
        self._strings = strings
        self.proto = lru_cache(maxsize=_CACHED)(self._proto)
        self.type = lru_cache(maxsize=_CACHED)(self._type)

    def string_bytes(self, index: int) -> bytes:
        """Return the MUTF-8 bytes as found. Raises: IndexError."""
        if index < 0:
            raise IndexError(index)
        start = int(self._strings.starts[index])
        return bytes(self._data[start : start + int(self._strings.lengths[index])])

    @property
    def string_count(self) -> int:
        """Number of string ids that lie in the file."""
        return len(self._strings.lengths)

    def type_string(self, index: int) -> int | None:
        """Return the string index of a type's descriptor, None where the type is not in its table."""
        return int(self._tables.types["descriptor"][index]) if 0 <= index < len(self._tables.types) else None

    def string(self, index: int) -> str:
        """Return a string as text as found. Raises: IndexError."""
        return text_of(self.string_bytes(index))

    def name(self, index: int) -> str:
        """Return a string that names something, or its number where it is missing or too long."""
        if not 0 <= index < len(self._strings.lengths) or self._strings.lengths[index] > MAX_NAME_BYTES:
            return f"string@{index}"
        found = self.string(index)
        return text.show(found) if text.is_bytes(found) else found

    def _type(self, index: int) -> str:
        """Return a type descriptor like ``Lorg/x/A;``."""
        if not 0 <= index < len(self._tables.types):
            return f"type@{index}"
        return self.name(int(self._tables.types["descriptor"][index]))

    def _proto(self, index: int) -> str:
        """Return a prototype like ``(ILjava/lang/String;)V``."""
        if not 0 <= index < len(self._tables.protos):
            return f"proto@{index}"
        row = self._tables.protos[index]
        parameters = "".join(map(self.type, self.parameters(index)))
        shown = f"({parameters}){self.type(int(row['returns']))}"
        return shown if len(shown) <= MAX_NAME_BYTES else f"proto@{index}"

    def parameters(self, proto: int) -> list[int]:
        """Return the type indices of a prototype's parameters; none where the prototype is not in its table."""
        if not 0 <= proto < len(self._tables.protos):
            return []
        return self.type_list(int(self._tables.protos["parameters"][proto]))

    def type_list(self, offset: int) -> list[int]:
        """Return the type indices of a type_list at an offset in bytes, 0 for none; only rows inside the file."""
        if offset == 0 or offset + 4 > len(self._data):
            return []
        (stated,) = struct.unpack_from("<I", self._data, offset)
        fitting = min(stated, MAX_PARAMETERS, (len(self._data) - offset - 4) // 2)
        return list(struct.unpack_from(f"<{fitting}H", self._data, offset + 4))

    def field(self, index: int) -> str:
        """Return a field like ``Lorg/x/A;->f:I``."""
        if not 0 <= index < len(self._tables.fields):
            return f"field@{index}"
        row = self._tables.fields[index]
        return f"{self.type(int(row['class']))}->{self.name(int(row['name']))}:{self.type(int(row['type']))}"

    def method(self, index: int) -> str:
        """Return a method like ``Lorg/x/A;->m(I)V``."""
        return f"{self.method_class(index)}->{self.method_signature(index)}" if self._has(index) else f"method@{index}"

    def method_class(self, index: int) -> str:
        """Return the descriptor of the class that a method id names. Raises: IndexError."""
        return self.type(int(self._tables.methods["class"][index]))

    def method_signature(self, index: int) -> str:
        """Return name and prototype of a method id, like ``m(I)V``. Raises: IndexError."""
        row = self._tables.methods[index]
        return f"{self.name(int(row['name']))}{self.proto(int(row['proto']))}"

    def method_handle(self, index: int) -> str:
        """Return a method handle like ``invoke-static:Lorg/x/A;->m(I)V``."""
        if not 0 <= index < len(self._tables.method_handles):
            return f"method_handle@{index}"
        kind, _, member, _ = (int(value) for value in self._tables.method_handles[index])
        if kind >= len(_HANDLES):
            return f"method_handle@{index}"
        return f"{_HANDLES[kind]}:{self.field(member) if kind < 4 else self.method(member)}"

    def _has(self, method: int) -> bool:
        return 0 <= method < len(self._tables.methods)
