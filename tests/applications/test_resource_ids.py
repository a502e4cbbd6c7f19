import io
import zipfile

import pytest

from assay.applications import resource_ids
from assay.applications.resource_ids import ResourceIds
from assay.applications.resources import Resources
from tests.applications.apps import BUILT, opened
from tests.bytecode import dex_writer as w

MAIN, STRINGS = "Lorg/example/notes/Main;", "Lorg/example/notes/R$string;"
SAVED = w.FieldId(STRINGS, "saved", "I")
GET = w.MethodId("Landroid/content/res/Resources;", "getIdentifier", w.Proto("I", ("Ljava/lang/String;",) * 3))
LAST = w.MethodId("Lorg/example/Else;", "getIdentifier", w.Proto("I", ("Ljava/lang/String;",) * 3))
CALL: list[w.Unit] = [*w.invoke(0x6E, GET, 0, 1, 2, 3), 0x0E]


def _ids() -> dict[str, int]:
    resources = Resources.of(opened((BUILT / "notes-g1.apk").read_bytes()))
    return {resources.get(number).name: number for number in resources.ids.tolist()}


IDS = _ids()


def loads(
    code: list[w.Unit], *, number: int = IDS["string/saved"], owner: str = STRINGS
) -> tuple[list[tuple[str, str]], int]:
    """Return (name, how) of each load of an app of one method, and how many were not followed."""
    fields = [w.FieldId(owner, "saved", "I"), w.FieldId(owner, "another", "I")]
    values = w.uleb128(1) + b"\x64" + number.to_bytes(4, "little")  # VALUE_INT in four bytes
    classes = [
        w.Class(MAIN, direct=[w.Method(w.MethodId(MAIN, "m", w.Proto("V")), code)]),
        w.Class(
            owner, static_fields=sorted(fields, key=lambda field: field.name, reverse=True)[:1], static_values=values
        ),
    ]
    app = opened(_archive(w.write(classes)))
    resources = Resources.of(app)
    found = ResourceIds(app, resources)
    rows = found.loads(app.code.parts[0])
    return [(resources.get(load.resource_id).name, load.how) for load in rows], found.not_followed


def _archive(dex: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(BUILT / "notes-g1.apk") as old, zipfile.ZipFile(kept, "w") as new:
        for name in ("AndroidManifest.xml", "resources.arsc"):
            new.writestr(name, old.read(name))
        new.writestr("classes.dex", dex)
    return kept.getvalue()


def sget(field: w.FieldId) -> list[w.Unit]:
    return [0x60, w.Index("field", field), 0x0E]


def test_a_constant_that_is_an_id() -> None:
    number = IDS["string/found"]
    assert loads([0x14, number & 0xFFFF, number >> 16, 0x0E]) == ([("string/found", "constant")], 0)


def test_a_field_of_an_r_class_that_begins_with_an_id() -> None:
    assert loads(sget(SAVED)) == ([("string/saved", "field")], 0)


@pytest.mark.parametrize(("number", "owner"), [(5, STRINGS), (IDS["string/saved"], "Lorg/example/notes/Strings;")])
def test_a_field_of_another_class_or_number_is_no_id(number: int, owner: str) -> None:
    assert loads(sget(w.FieldId(owner, "saved", "I")), number=number, owner=owner) == ([], 0)


def test_a_store_to_the_field_is_no_load() -> None:
    assert loads([0x67, w.Index("field", SAVED), 0x0E]) == ([], 0)


def test_names_handed_over_by_constants_on_every_way() -> None:
    code: list[w.Unit] = [
        *w.const_string(1, "found"),
        *(0x0039, 4),  # if-nez v0, past the next
        *w.const_string(1, "not_found"),
        *w.const_string(2, "string"),
        *CALL,
    ]
    assert loads(code) == ([("string/found", "name"), ("string/not_found", "name")], 0)


def test_a_name_can_hold_package_and_type() -> None:
    code: list[w.Unit] = [*w.const_string(1, "org.example.notes:string/saved"), *(0x0212,), *CALL]  # const/4 v2, 0
    assert loads(code) == ([("string/saved", "name")], 0)


@pytest.mark.parametrize("code", [CALL, [*w.const_string(1, "nothing"), *w.const_string(2, "string"), *CALL]])
def test_names_that_are_not_known_are_counted(code: list[w.Unit]) -> None:
    assert loads(code) == ([], 1)


def test_another_method_of_that_name_is_not_asked() -> None:
    code: list[w.Unit] = [*w.const_string(1, "saved"), *w.const_string(2, "string"), *w.invoke(0x6E, LAST, 0, 1, 2, 3)]
    assert loads([*code, 0x0E]) == ([], 0)


def test_calls_beyond_the_limit_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    code: list[w.Unit] = [*w.const_string(1, "saved"), *w.const_string(2, "string"), *CALL[:3], *CALL]
    both = [("string/saved", "name")] * 2
    for most, expected in ((2, (both, 0)), (1, (both[:1], 1))):
        monkeypatch.setattr(resource_ids, "MAX_BY_NAME", most)
        assert loads(code) == expected
