"""Classes with supertypes and flags, and the DEX files they are written to; knows nothing of the product."""

import struct
from dataclasses import dataclass

from tests.bytecode import dex_writer as w
from tests.bytecode.dex_items import Coded, Ids, Named

OBJECT = "Ljava/lang/Object;"
PUBLIC, PRIVATE, PROTECTED, STATIC, FINAL, NATIVE, INTERFACE, ABSTRACT = 1, 2, 4, 8, 0x10, 0x100, 0x200, 0x400
CONSTRUCTOR = 0x10000
VIRTUAL, SUPER, DIRECT, STATICALLY, INTERFACED = 0x6E, 0x6F, 0x70, 0x71, 0x72


class Types(Coded):
    """Names types, so that they are in the table."""

    def __init__(self, names: list[str]) -> None:
        self.names = names

    def items(self) -> list[Named]:
        return [("type", name) for name in self.names]

    def encode(self, ids: Ids) -> bytes:
        raise NotImplementedError


@dataclass(repr=False)
class Kin(w.Class):
    superclass: str | None = OBJECT
    interfaces: tuple[str, ...] = ()
    flags: int = PUBLIC

    def coded(self) -> list[Coded]:
        return [*super().coded(), Types([*self.interfaces, *([self.superclass] if self.superclass else [])])]

    def __repr__(self) -> str:
        lines = (f"{m.id.name}:{m.access:x}{m.code}" for m in self.methods)
        return f"<{self.name}:{self.flags:x} < {self.superclass} {self.interfaces} {' '.join(lines)}>"

    @property
    def methods(self) -> list[w.Method]:
        return [*self.direct, *self.virtual]


class KinWriter(w.Writer):
    def _class(self, class_: w.Class) -> bytes:
        raw = super()._class(class_)
        assert isinstance(class_, Kin)
        index = self.ids.index
        above = w.NO_INDEX if class_.superclass is None else index("type", class_.superclass)
        types = [index("type", name) for name in class_.interfaces]
        listed = self._place(0x1001, struct.pack(f"<I{len(types)}H", len(types), *types), 4) if types else 0
        return raw[:4] + struct.pack("<III", class_.flags, above, listed) + raw[16:]


def write(classes: list[Kin], **more: object) -> bytes:
    return KinWriter(list(classes), **more).write()  # type: ignore[arg-type]


def method(
    owner: str, name: str, access: int = PUBLIC, code: list[w.Unit] | None = None, proto: w.Proto | None = None
) -> w.Method:
    """A method with a body, unless it is abstract or native."""
    body = None if access & (ABSTRACT | NATIVE) else [*(code or []), 0x0E]
    return w.Method(w.MethodId(owner, name, proto or w.Proto("V")), body, access)


def kin(
    name: str,
    *methods: w.Method,
    superclass: str | None = OBJECT,
    interfaces: tuple[str, ...] = (),
    flags: int = PUBLIC,
    fields: tuple[w.FieldId, ...] = (),
) -> Kin:
    """A class whose private, static and constructor methods are direct ones."""
    direct = [each for each in methods if each.access & (PRIVATE | STATIC | CONSTRUCTOR)]
    virtual = [each for each in methods if each not in direct]
    return Kin(name, direct, virtual, list(fields), superclass=superclass, interfaces=interfaces, flags=flags)


def call(opcode: int, owner: str, name: str, proto: w.Proto | None = None) -> list[w.Unit]:
    return w.invoke(opcode, w.MethodId(owner, name, proto or w.Proto("V")), 0)


def new(name: str) -> list[w.Unit]:
    return [0x22, w.Index("type", name)]
