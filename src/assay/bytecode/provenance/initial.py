"""What fields hold before anything is written to them, and what they are called in messages."""

from functools import lru_cache

from assay.bytecode.encoded_values import Sort, Value
from assay.bytecode.provenance.bodies import Body
from assay.bytecode.provenance.ground import Ground
from assay.bytecode.provenance.heap_body import field_at
from assay.bytecode.provenance.naming import field_named
from assay.bytecode.provenance.terms import Kind, Term
from assay.bytecode.strings import text_of

FINAL, STATIC = 0x10, 0x8
_NAMING = (b"value", b"name")


class Initial:
    """Rules for initial values and annotations of the program's own fields."""

    def __init__(self, ground: Ground) -> None:
        """Keep the ground."""
        self._ground, self._terms = ground, ground.terms
        self._values = lru_cache(maxsize=1024)(self._read_values)
        self._names = lru_cache(maxsize=4096)(self._read_name)

    def static(self, key: int, *, written: bool) -> int | None:
        """Return what a static field begins with; None for a final one that the class itself writes."""
        linked = self._ground.program.linked
        if not 0 <= key < len(linked.field_ids):
            return None
        part = int(linked.field_starts.searchsorted(key, "right")) - 1
        columns = self._ground.program.parts[part].columns
        row = key - int(linked.field_starts[part])
        stated = self._stated(part, row)
        if stated is None and written and int(columns.defined_field_access[row]) & FINAL:
            return None
        type_ = field_named(columns, int(columns.defined_fields[row]))[2]
        return self._nothing(type_) if stated is None else self._term(part, stated)

    def default(self, body: Body, row: int) -> int:
        """Return what the field that an instruction reads begins with."""
        return self._nothing(field_named(body.part.columns, field_at(body, row))[2])

    def remote_name(self, body: Body, row: int) -> str:
        """Return the name that an annotation gives the field that an instruction reads, or nothing."""
        key = self._ground.field(body, row)
        return self._names(key) if 0 <= key < len(self._ground.program.linked.field_ids) else ""

    def _nothing(self, type_: bytes) -> int:
        return self._terms.constant("null", None) if type_[:1] in {b"L", b"["} else self._terms.constant("int", 0)

    def _stated(self, part: int, row: int) -> Value | None:
        columns = self._ground.program.parts[part].columns
        owner = int(columns.defined_field_classes[row])
        rows = (columns.defined_field_classes == owner).nonzero()[0].tolist()
        static = [each for each in rows if int(columns.defined_field_access[each]) & STATIC]
        values = self._values(part, owner)
        at = static.index(row) if row in static else len(values)
        return values[at] if at < len(values) else None

    def _read_values(self, part: int, class_row: int) -> tuple[Value, ...]:
        dex = self._ground.program.parts[part].dex()
        return dex.static_values(class_row).values if class_row < len(dex.tables.classes) else ()

    def _term(self, part: int, stated: Value) -> int:
        columns, content = self._ground.program.parts[part].columns, stated.content
        if stated.sort is Sort.STRING and isinstance(content, int) and content < len(columns.string_starts):
            return self._terms.constant("string", text_of(columns.string(content)))
        if stated.sort is Sort.TYPE and isinstance(content, int) and content < len(columns.type_strings):
            return self._terms.constant("class", text_of(columns.descriptor(content)))
        if stated.sort is Sort.NULL:
            return self._terms.constant("null", None)
        if stated.sort is Sort.ARRAY and isinstance(content, tuple):
            held = Term(kind=Kind.OBJECT, name="[")
            inputs = (self._terms.add(held), *(self._term(part, each) for each in content))
            return self._terms.add(Term(kind=Kind.CONTENT, name="[]", inputs=inputs))
        if isinstance(content, bool | int):
            return self._terms.constant("int", int(content))
        return self._terms.unknown(f"a static value of sort {stated.sort.name.lower()}")

    def _read_name(self, key: int) -> str:
        """Return the text in the first annotation of a field that has one named `value` or `name`."""
        linked = self._ground.program.linked
        part = int(linked.field_starts.searchsorted(key, "right")) - 1
        columns, dex = self._ground.program.parts[part].columns, self._ground.program.parts[part].dex()
        row = key - int(linked.field_starts[part])
        notes = dex.annotations(int(columns.defined_field_classes[row])).fields
        for item in notes.get(int(columns.defined_fields[row]), ()):
            for name in _NAMING:
                found = item.element(name, dex.string_bytes)
                if found is not None and found.sort is Sort.STRING and isinstance(found.content, int):
                    return dex.string_text(found.content)
        return ""
