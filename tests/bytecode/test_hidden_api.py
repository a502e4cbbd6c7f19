"""Flags of hidden members stand beside the definitions they belong to."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.dex import DexFile
from assay.bytecode.hidden_api import RESTRICTION, RESTRICTIONS
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import EXTREMES, opened, with_u4

FLAGS = st.sampled_from([0, 1, 2, 6, 0x7F, 0x80, 2**31, 2**32 - 1])


@st.composite
def classes(draw: st.DrawFn) -> list[w.Class]:
    """Classes with members that are defined out of the order of their ids, some without any flag."""
    found = []
    for name in ("LA;", "LB;", "LC;"):
        methods = [w.MethodId(name, text, w.Proto("V")) for text in draw(st.permutations("mno"))]
        fields = [w.FieldId(name, text, "I") for text in draw(st.permutations("fgh"))]
        rows = [w.Method(id_, hidden=draw(FLAGS)) for id_ in methods]
        found.append(
            w.Class(name, rows[:2], rows[2:], fields[:1], fields[1:], hidden={each: draw(FLAGS) for each in fields})
        )
        if draw(st.booleans()):
            found[-1].hidden.clear()
            for row in rows:
                row.hidden = 0
    return found


def by_name(dex: DexFile) -> dict[str, int]:
    fields = zip(dex.fields.field.tolist(), dex.hidden_api.fields.tolist(), strict=True)
    methods = zip(dex.methods.method.tolist(), dex.hidden_api.methods.tolist(), strict=True)
    return {dex.names.field(i): flag for i, flag in fields} | {dex.method_name(i): flag for i, flag in methods}


@given(classes())
def test_what_was_written_is_read(classes: list[w.Class]) -> None:
    dex = opened(w.write(classes))
    expected = {str(field): c.hidden.get(field, 0) for c in classes for field in (*c.static_fields, *c.instance_fields)}
    expected |= {str(method.id): method.hidden for c in classes for method in (*c.direct, *c.virtual)}
    assert by_name(dex) == expected
    assert dex.read_hidden_api()[1] == []
    assert dex.hidden_api.stated == any(expected.values())


def test_words_for_restrictions() -> None:
    assert [RESTRICTIONS[flag & RESTRICTION] for flag in (0, 1, 2, 0x0A)] == [
        "sdk",
        "unsupported",
        "blocked",
        "blocked",
    ]


def sound() -> tuple[bytes, int]:
    """A file with one class of two methods and the offset of its flags; the last has one of five bytes."""
    rows = [w.Method(w.MethodId("LA;", name, w.Proto("V")), hidden=flag) for name, flag in (("m", 1), ("n", 2**32 - 1))]
    raw = w.write([w.Class("LA;", rows)])
    (map_off,) = struct.unpack_from("<I", raw, 52)
    (count,) = struct.unpack_from("<I", raw, map_off)
    table = [struct.unpack_from("<HHII", raw, map_off + 4 + 12 * row) for row in range(count)]
    return raw, next(offset for type_, _, _, offset in table if type_ == 0xF000)


def read(raw: bytes) -> tuple[list[int], list[str]]:
    found, problems = opened(raw).read_hidden_api()
    return found.methods.tolist(), [problem.what for problem in problems]


def test_a_sound_file() -> None:
    assert read(sound()[0]) == ([1, 2**32 - 1], [])


@pytest.mark.parametrize("value", EXTREMES)
def test_flags_outside_the_file(value: int) -> None:
    raw, at = sound()
    assert read(with_u4(raw, at + 4, value)) == (
        [0, 0],
        ["flags of hidden members lie outside the file (1; the first here)"],
    )


@pytest.mark.parametrize("value", EXTREMES)
def test_a_section_outside_the_file(value: int) -> None:
    raw, at = sound()
    row = raw.rindex(struct.pack("<HHII", 0xF000, 0, 1, at))
    assert read(with_u4(raw, row + 8, value)) == (
        [0, 0],
        ["flags of hidden members lie outside the file (1; the first here)"],
    )


def test_flags_that_break_off() -> None:
    raw, at = sound()
    assert read(raw[: at + 8 + 1] + b"\xff" * 5 + raw[at + 8 + 6 :]) == (
        [1, 0],
        ["flags of hidden members break off (1; the first here)"],
    )


def test_flags_of_class_data_that_were_not_read_in_full_are_not_guessed() -> None:
    raw, _ = sound()
    (data,) = struct.unpack_from("<I", raw, struct.unpack_from("<I", raw, 0x64)[0] + 24)
    changed = bytearray(raw)
    assert changed[data : data + 4] == b"\0\0\2\0"
    changed[data + 2] = 3
    assert read(bytes(changed))[1] == [
        "flags of hidden members belong to class data that were not read in full (1; the first here)"
    ]
