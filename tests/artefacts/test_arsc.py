import random
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts import arsc
from assay.artefacts.arsc import MAX_HOPS, ResourceTable, is_arsc
from assay.artefacts.resource_value import Value
from assay.model.errors import Unreadable
from assay.model.source import BufferSource
from assay.model.text import from_str
from tests.artefacts import resource_writer as w
from tests.artefacts.resource_writer import Bag, Package, Type

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NAMES = st.from_regex(r"[a-z][a-z_0-9]{0,8}", fullmatch=True)
NUMBERS = st.tuples(st.sampled_from([w.DECIMAL, w.BOOLEAN]), st.integers(0, 2**32 - 1))
PLAIN = st.one_of(st.tuples(st.just(w.STRING), TEXTS), NUMBERS)
ENTRIES = st.dictionaries(st.integers(0, 40), st.tuples(NAMES, PLAIN), max_size=6)
FORMS = st.sampled_from(["plain", "sparse", "offset16", "compact"])


def opened(data: bytes) -> ResourceTable:
    return ResourceTable(BufferSource(data))


def strings(*types: Type, utf8: bool = False) -> ResourceTable:
    return opened(w.table(Package(list(types)), utf8=utf8))


def what(table: ResourceTable) -> str:
    return " | ".join(problem.what for problem in table.problems)


def language(code: bytes, region: bytes = b"\0\0") -> bytes:
    return bytes(4) + code + region + bytes(52)


@given(ENTRIES, FORMS, st.sampled_from([True, False]))
def test_values_are_read_back_in_every_form(
    entries: dict[int, tuple[str, w.Plain]],
    form: str,
    utf8: bool,  # noqa: FBT001 - drawn
) -> None:
    data = w.table(Package([Type("string", entries, form=form)]), utf8=utf8)
    table = opened(data)
    assert is_arsc(BufferSource(data))
    seen = {
        value.resource_id: (
            value.name,
            value.value.kind,
            value.value.string if value.value.kind == 3 else value.value.data,
        )
        for value in table.values()
    }
    assert seen == {
        0x7F010000 | entry: (f"string/{name}", kind, from_str(said) if isinstance(said, str) else said)
        for entry, (name, (kind, said)) in entries.items()
    }
    assert table.problems == ()
    assert sorted(text for _, _, _, text in table.strings()) == sorted(
        from_str(said) for _, (kind, said) in entries.values() if isinstance(said, str)
    )


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (bytes(60), "default"),
        (language(b"lt"), "lt"),
        (language(b"zh", b"CN"), "zh-rCN"),
        (language(b"\xad\x05"), "fil"),
        (struct.pack("<2H", 310, 4) + bytes(56), "mcc310-mnc4"),
        (bytes(4) + b"en" + bytes(2) + b"\x02\x03" + struct.pack("<H", 480) + bytes(48), "en-land-xxhdpi-finger"),
        (bytes(20) + struct.pack("<2H", 21, 0) + bytes(36), "v21"),
        (bytes(24) + b"\x84\x23" + struct.pack("<3H", 600, 0, 0) + bytes(28), "ldrtl-sw600dp-xlarge-car-night"),
        (bytes(4) + b"zh" + b"TW" + bytes(24) + b"Hant" + bytes(24), "b+zh+Hant+TW"),
        (bytes(4), "default"),
        (bytes(4) + b"lt\0\0", "lt"),
    ],
)
def test_configurations_read_as_the_qualifiers_of_a_folder(raw: bytes, text: str) -> None:
    table = strings(Type("string", {0: ("a", (w.STRING, "x"))}, raw))
    assert [value.configuration for value in table.values()] == [text]


def test_string_arrays_come_in_every_configuration_with_their_place() -> None:
    data = w.table(
        Package([
            Type("array", {3: ("words", w.array("one", "two", "two"))}),
            Type("array", {3: ("words", w.array("vienas"))}, language(b"lt")),
        ])
    )  # fmt: skip
    found = list(opened(data).string_arrays())
    assert [(one.resource_id, one.name, one.configuration, one.entries) for one in found] == [
        (0x7F010003, "array/words", "default", ("one", "two", "two")),
        (0x7F010003, "array/words", "lt", ("vienas",)),
    ]
    assert all(data[one.offset : one.offset + 4] == b"\x10\0\x01\0" for one in found)


def test_arrays_come_in_the_order_of_their_keys_with_references_resolved() -> None:
    items: list[tuple[int, int, int | str]] = [
        (0x01000003, w.REFERENCE, 0x7F020000), (0x01000001, w.STRING, "first"), (0x01000002, w.DECIMAL, 7),
        (0x01000004, w.REFERENCE, 0x01040000),
    ]  # fmt: skip
    table = strings(
        Type("array", {0: ("mixed", Bag(items)), 1: ("numbers", Bag([(0x01000001, w.DECIMAL, 1)]))}),
        Type("string", {0: ("third", (w.STRING, "found"))}),
    )
    assert [one.entries for one in table.string_arrays()] == [("first", "7", "found", "@0x01040000")]


def test_plurals_and_attributes_are_no_arrays_and_their_strings_are_strings() -> None:
    plural = Bag([(0x01000004, w.STRING, "many"), (0x01000006, w.STRING, "one")])
    attribute = Bag([(0x01000000, w.DECIMAL, 3), (0x01000001, w.DECIMAL, 0)])
    table = strings(Type("plurals", {0: ("count", plural)}), Type("attr", {0: ("size", attribute)}))
    assert list(table.string_arrays()) == []
    assert list(table.strings()) == [
        (0x7F010000, "plurals/count", "default", "many"),
        (0x7F010000, "plurals/count", "default", "one"),
    ]


def test_references_lead_to_the_default_configuration_first() -> None:
    table = strings(
        Type("string", {0: ("a", (w.STRING, "labas"))}, language(b"lt")),
        Type("string", {0: ("a", (w.STRING, "new"))}, bytes(20) + struct.pack("<2H", 30, 0) + bytes(36)),
        Type("string", {0: ("a", (w.STRING, "hello"))}),
        Type("string", {1: ("b", (w.STRING, "only here"))}, language(b"lt")),
    )
    assert table.resolve(Value(w.REFERENCE, 0x7F010000)) == Value(w.STRING, 3 - 1, "hello")
    only = table.resolve(Value(w.REFERENCE, 0x7F010001))
    assert only is not None
    assert only.string == "only here"
    assert table.resolve(Value(w.REFERENCE, 0x7F010002)) is None
    assert table.resolve(Value(w.DECIMAL, 5)) == Value(w.DECIMAL, 5)


def test_references_are_followed_up_to_their_limit_and_never_round() -> None:
    def chain(length: int) -> Value | None:
        values: dict[int, tuple[str, w.Plain | Bag]] = {
            number: (f"k{number}", (w.REFERENCE, 0x7F010001 + number)) for number in range(length - 1)
        }
        values[length - 1] = ("end", (w.STRING, "end"))
        return strings(Type("string", values)).resolve(Value(w.REFERENCE, 0x7F010000))

    assert chain(MAX_HOPS) is not None
    assert chain(MAX_HOPS + 1) is None
    ring = strings(Type("string", {0: ("a", (w.REFERENCE, 0x7F010001)), 1: ("b", (w.REFERENCE, 0x7F010000))}))
    assert ring.resolve(Value(w.REFERENCE, 0x7F010000)) is None


def test_a_table_without_packages_holds_nothing_and_one_with_damaged_ones_says_so() -> None:
    assert opened(w.table()).problems == ()
    damaged = opened(w.chunk(2, struct.pack("<I", 1), w.pool([]) + w.chunk(0x200, bytes(8))))
    assert "too short for its header" in what(damaged)
    assert list(damaged.values()) == []


def test_entries_that_lead_outside_their_chunk_are_counted() -> None:
    data = bytearray(w.table(Package([Type("string", {0: ("a", (w.STRING, "x")), 1: ("b", (w.STRING, "y"))})])))
    at = data.rindex(struct.pack("<2I", 0, 16))
    data[at + 4 : at + 8] = struct.pack("<I", 5000)
    table = opened(bytes(data))
    assert [value.value.string for value in table.values()] == ["x"]
    assert "1 entries lead outside their chunk" in what(table)


def test_bags_that_share_their_bytes_are_held_at_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    bag = w.array(*("x" * 3,) * 50)
    single = w.table(Package([Type("array", {0: ("a", bag)})]))
    for most, found in ((50, 1), (49, 0)):
        monkeypatch.setattr(arsc, "MAX_SHARED_BAGS", most / (len(single) // 12))
        table = opened(single)
        assert len(list(table.string_arrays())) == found
        assert bool(table.problems) == (not found)


@pytest.mark.parametrize("data", [b"", b"\x02\0\x0c\0", w.chunk(3, struct.pack("<I", 0)), b"\x02\0\x0c\0\xff\0"])
def test_bytes_without_a_table_are_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        opened(data)


@pytest.mark.mutation
def test_mutated_tables_end_in_values_problems_or_unreadable(mutations: int) -> None:
    rng = random.Random(22)
    types = [
        Type("array", {0: ("words", w.array("one", "two", "three")), 1: ("more", w.array("x" * 300))}),
        Type("string", {0: ("a", (w.STRING, "é" * 70)), 1: ("b", (w.REFERENCE, 0x7F020000))}),
        Type("string", {0: ("a", (w.STRING, "labas"))}, language(b"lt"), form="sparse"),
        Type("integer", {5: ("c", (w.DECIMAL, 7))}, form="compact"),
        Type("bool", {1: ("d", (w.BOOLEAN, 0))}, form="offset16"),
    ]
    bases = [w.table(Package(types)), w.table(Package(types), utf8=True)]
    for number in range(3 * mutations):
        data = bytearray(rng.choice(bases))
        for _ in range(rng.randint(1, 8)):
            data[rng.randrange(len(data))] = rng.choice([0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)])
        if number % 4 == 0:
            del data[rng.randrange(len(data)) :]
        _read_everything(bytes(data))


def _read_everything(data: bytes) -> None:
    try:
        table = opened(data)
    except Unreadable:
        return
    values = list(table.values())
    assert len(values) <= len(data)
    assert sum(len(one.entries) for one in table.string_arrays()) <= 4 * len(data)
    for value in values:
        table.resolve(value.value)
    for _, name, configuration, text in table.strings():
        assert (name + configuration + text).encode("utf-8").decode("utf-8") == name + configuration + text
