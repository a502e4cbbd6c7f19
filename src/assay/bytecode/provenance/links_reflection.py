"""Links that reflection makes with constant names: Class.getMethod and Method.invoke, Class.newInstance.

Source: Java Platform, Standard Edition, API: java.lang.Class, java.lang.reflect.
"""

from functools import cached_property

from assay.bytecode.program.access import STATIC
from assay.bytecode.program.program import Program
from assay.bytecode.provenance.bodies import Bodies, Body, Call
from assay.bytecode.provenance.heap import Heap
from assay.bytecode.provenance.heap_body import COPIES, type_at
from assay.bytecode.provenance.links_dispatch import Dispatch
from assay.bytecode.provenance.links_record import Link
from assay.bytecode.provenance.uses_index import Place, UsesIndex

MOST_SITES = 2_000
"""Most calls that look a member up by name which are looked at in a program."""
_CLASS, _METHOD = b"Ljava/lang/Class;", b"Ljava/lang/reflect/Method;"
_CONSTRUCTOR = b"Ljava/lang/reflect/Constructor;"
_LOOK_UPS = (b"getMethod", b"getDeclaredMethod")
_CONSTRUCTORS = (b"getConstructor", b"getDeclaredConstructor")
_LOADS = (b"forName", b"loadClass")


class Reflection:
    """All links of a program are found at once, on first use: calls that look members up are few."""

    def __init__(self, program: Program, bodies: Bodies, index: UsesIndex, heap: Heap, dispatch: Dispatch) -> None:
        """Keep what is read."""
        self._program, self._bodies, self._index = program, bodies, index
        self._heap, self._dispatch = heap, dispatch

    def into(self, definition: int) -> list[Link]:
        """Return the links into a definition."""
        return self._by_callee.get(definition, [])

    def out_of(self, body: Body, call: Call) -> list[Link]:
        """Return the links from a call of Method.invoke or of newInstance."""
        if call.owner not in {_METHOD, _CONSTRUCTOR, _CLASS} or call.name not in {b"invoke", b"newInstance"}:
            return []
        return [link for link in self.all if (link.caller, link.row) == (body.definition, call.row)]

    @cached_property
    def _by_callee(self) -> dict[int, list[Link]]:
        found: dict[int, list[Link]] = {}
        for link in self.all:
            found.setdefault(link.callee, []).append(link)
        return found

    @cached_property
    def all(self) -> list[Link]:
        """All links of the program."""
        found: list[Link] = []
        for name in (*_LOOK_UPS, *_CONSTRUCTORS, b"newInstance"):
            for place in self._index.calls_named([_CLASS], name)[:MOST_SITES]:
                found += self._at(place)
        return list(dict.fromkeys(found))

    def _at(self, place: Place) -> list[Link]:
        body = self._bodies.of(place.definition)
        row = None if body is None else body.row_at(place.pc)
        call = None if body is None or row is None else body.call(row)
        if body is None or call is None or not call.arguments:
            return []
        owner = self._class(body, call.arguments[0])
        if owner is None:
            return []
        if call.name == b"newInstance":
            return self._made(body, call, owner, [])
        return self._looked_up(body, call, owner)

    def _looked_up(self, body: Body, call: Call, owner: int) -> list[Link]:
        """Return the links from where what was looked up is called."""
        found: list[Link] = []
        name = self._text(body, call.arguments[1]) if call.name in _LOOK_UPS and len(call.arguments) > 1 else b""
        result = body.result(call.row)
        for use in self._heap.uses(body.definition, -1 if result is None else result).uses:
            caller = self._bodies.of(use.definition)
            used = None if caller is None else caller.call(use.row)
            if caller is None or used is None or use.operand:
                continue
            if used.name == b"invoke" and used.owner == _METHOD and name:
                found += self._invoked(caller, used, owner, name)
            elif used.name == b"newInstance" and used.owner == _CONSTRUCTOR:
                found += self._made(caller, used, owner, self._elements(caller, used.arguments[-1]))
        return found

    def _invoked(self, body: Body, call: Call, owner: int, name: bytes) -> list[Link]:
        given = self._elements(body, call.arguments[2]) if len(call.arguments) > 2 else []
        found = []
        for each in self._dispatch.line(owner):
            for definition in self._dispatch.definitions(each):
                callee = self._bodies.of(definition)
                if callee is not None and callee.key[1] == name:
                    found += self._bound(body, call, callee, call.arguments[1], given)
        return found

    def _made(self, body: Body, call: Call, owner: int, given: list[int | None]) -> list[Link]:
        """Return the links into the constructors of a class that have as many parameters."""
        found = []
        for definition in self._dispatch.definitions(owner):
            callee = self._bodies.of(definition)
            if callee is not None and callee.key[1] == b"<init>":
                found += self._bound(body, call, callee, body.result(call.row), given)
        return found

    def _bound(self, body: Body, call: Call, callee: Body, receiver: int | None, given: list[int | None]) -> list[Link]:
        static = int(self._program.linked.definition_access[callee.definition]) & STATIC
        arguments = tuple(given) if static else (receiver, *given)
        if len(arguments) != len(callee.parameters):
            return []
        result = call.name == b"invoke"
        return [Link(body.definition, call.row, callee.definition, arguments, "reflective", result)]

    def _class(self, body: Body, value: int) -> int | None:
        """Return the class that a value of a body is a constant of, or loaded by a constant name."""
        row = _row(body, value)
        if row is None:
            return None
        if body.opcode(row) == "const-class":
            return self._program.find_class(type_at(body, row))
        producer = body.producer(row)
        call = None if producer is None else body.call(producer)
        if call is None or call.name not in _LOADS or not call.arguments:
            return None
        dotted = self._text(body, call.arguments[0 if call.static else 1])
        return self._program.find_class(b"L" + dotted.replace(b".", b"/") + b";") if dotted else None

    def _text(self, body: Body, value: int) -> bytes:
        """Return the string constant that a value of a body is, empty for none."""
        row = _row(body, value)
        if row is None or not body.opcode(row).startswith("const-string"):
            return b""
        index = body.operands[row][1]
        return body.part.columns.string(index) if 0 <= index < len(body.part.columns.string_starts) else b""

    def _elements(self, body: Body, value: int) -> list[int | None]:
        """Return what is written to an array that a value of a body is, by constant index; None for the rest."""
        row = _row(body, value)
        if row is None:
            return []
        producer = body.producer(row)
        if producer is not None and body.opcode(producer).startswith("filled-new-array"):
            return list(body.reads(producer))
        if body.opcode(row) != "new-array":
            return []
        size = self._number(body, body.reads(row)[0])
        found: list[int | None] = [None] * (size if size is not None and 0 <= size <= 255 else 0)
        for each in body.readers(body.value_of(row)):
            self._written(body, each, found)
        return found

    def _written(self, body: Body, row: int, found: list[int | None]) -> None:
        """Take down what an instruction writes to an array."""
        if not body.opcode(row).startswith("aput-object"):
            return
        at = self._number(body, body.reads(row)[2])
        if at is not None and 0 <= at < len(found):
            found[at] = body.reads(row)[0]

    def _number(self, body: Body, value: int) -> int | None:
        row = _row(body, value)
        plain = row is not None and body.opcode(row) in {"const/4", "const/16", "const"}
        return body.operands[row][1] if plain and row is not None else None


def _row(body: Body, value: int) -> int | None:
    """Return the instruction that makes a value, copies left out."""
    row = body.row_of(value)
    while row is not None and body.opcode(row).startswith(COPIES):
        row = body.row_of(body.reads(row)[0])
    return row
