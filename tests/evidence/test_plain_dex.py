"""The plain reader agrees with the specification's tables and the engine, and hostile bytes end in a clear way."""

import random
import zipfile
from pathlib import Path
from struct import iter_unpack, unpack_from

import pytest

from assay.bytecode.opcodes import OPCODES, WRITES, Format, Reference
from assay.evidence import plain_code, plain_dex
from assay.evidence.plain_dex import FAULTS, Dex, DoesNotHold
from tests.bytecode import dex_writer as w
from tests.evidence.hand_witnesses import dex_of

REFERENCES = {Reference.STRING: "S", Reference.TYPE: "T", Reference.METHOD: "M"}
SEED = 20_260_402


@pytest.mark.parametrize("value", range(256))
def test_the_table_of_opcodes_says_what_the_instruction_set_says(value: int) -> None:
    form, flags = plain_code.OPCODES[value][:3], plain_code.OPCODES[value][3:]
    row = OPCODES[value]
    assert row.format is Format.UNUSED or row.format.name[1:4].lower() == form
    assert bool(WRITES[value]) == bool({"w", "W"} & {*flags})
    assert row.reference not in REFERENCES or REFERENCES[row.reference] in flags
    assert (row.name.startswith("if-"), "switch" in row.name) == ("b" in flags, "z" in flags)
    assert row.name.startswith(("iget", "sget", "iput", "sput")) == bool({"G", "P"} & {*flags})
    assert row.name.startswith(("return", "throw")) == ("e" in flags)


def _method(code: list[int], registers: int = 4) -> plain_code.Method:
    name = w.MethodId("Lorg/example/A;", "m", w.Proto("V", ()))
    data = w.write([w.Class("Lorg/example/A;", [w.Method(name, [*code], registers=registers)])])
    return plain_code.method(Dex(data), "Lorg/example/A;", "m()V")


def test_a_value_goes_on_until_its_register_is_written_or_half_of_a_pair_is() -> None:
    method = _method([0x0012, 0x0112, 0x0212, 0x0016, 0x0000, 0x000E])  # const/4 v0, v1, v2; const-wide/16 v0; return
    assert method.flows({(1, 0)}, (3, 0))
    assert not method.flows({(1, 0)}, (5, 0))
    assert not method.flows({(2, 1)}, (5, 1))
    assert method.flows({(3, 2)}, (5, 2))


def test_a_move_carries_a_value_to_another_register() -> None:
    method = _method([0x0012, 0x0101, 0x0012, 0x000E])  # const/4 v0; move v1, v0; const/4 v0; return-void
    assert method.flows({(1, 0)}, (3, 1))
    assert not method.flows({(1, 0)}, (3, 0))


def test_a_side_that_always_leads_there_decides_beside_others_that_may() -> None:
    # if-nez v0, 6; if-nez v1, 6; 4: return-void; 5: nop; 6: const/4 v2; return-void
    method = _method([0x0039, 0x0006, 0x0139, 0x0004, 0x000E, 0x0000, 0x0212, 0x000E])
    assert method.decides(0, 6, (6, None), sure=True)
    assert not method.decides(0, 6, (6, None), sure=False)
    assert not method.decides(0, 2, (6, None), sure=True)
    assert method.decides(2, 6, (6, None), sure=False)
    assert [method.always(start, 6) for start in (0, 2, 4, 6)] == [False, False, False, True]


def test_one_side_of_a_branch_decides_what_the_other_does_not_reach() -> None:
    code = [0x0038, 0x0003, 0x0112, 0x0212, 0x000E]  # if-eqz v0, 3; const/4 v1; 3: const/4 v2; return-void
    method = _method(code)
    assert method.decides(0, 2, (2, None), sure=False)
    assert not method.decides(0, 2, (3, None), sure=False)
    assert not method.decides(0, 3, (2, None), sure=False)
    assert method.decides(0, 2, (2, None), sure=True)
    assert not method.decides(0, 2, (3, None), sure=True)
    assert not method.decides(0, 3, (3, None), sure=True)
    leads = method.graph[0].leads
    assert [leads(number, side, past=False) for number, side in ((0, 3), (0, 2), (1, 3), (1, 2), (None, 9))] == [
        True, False, False, True, True]  # fmt: skip
    assert [leads(number, side, past=True) for number, side in ((0, 3), (0, 2), (1, 3), (1, 2), (None, 9))] == [
        False, True, True, False, False]  # fmt: skip


def test_code_that_nothing_leads_to_is_not_in_the_graph() -> None:
    assert sorted(_method([0x0228, 0x0012, 0x000E]).graph) == [0, 2]


@pytest.mark.parametrize("code", [[0x0028], [0x7F28], [0x8028], [0x0012], [0x002B, 0x7FFF, 0x7FFF]])
def test_code_that_leads_nowhere_is_refused_or_stays_within(code: list[int]) -> None:
    try:
        assert max(_method(code).graph) < len(code)
    except (DoesNotHold, *FAULTS):
        pass


def test_work_is_counted_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_dex, "WORK", 1_000)
    with pytest.raises(DoesNotHold, match="too much work"):
        Dex(dex_of("notes-g1"))


def test_files_within_an_archive_are_found_and_others_left(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.apk", "w") as archive:
        archive.writestr("classes.dex", b"one")
        archive.writestr("assets/more.dex", b"two")
        archive.writestr("res/raw/x", b"three")
    assert plain_dex.dex_files(str(tmp_path / "a.apk")) == [b"one", b"two"]


def test_call_sites_name_what_their_lambdas_run() -> None:
    dex = Dex(dex_of("notes-invoke-custom"))
    assert dex.lambdas
    runs = [tuple(str(each).split("->")) for each in dex.lambdas]
    assert all(each in dex.code for each in runs)
    codes = [plain_code.method(dex, *name).graph.values() for name, at in dex.code.items() if at]
    named = {one.names for graph in codes for one in graph if "L" in one.flags}
    assert named <= {*dex.lambdas}
    assert named


def test_a_field_in_place_of_a_lambdas_method_is_none() -> None:
    data = dex_of("notes-invoke-custom")
    (at,) = unpack_from("<I", data, 0x34)
    (size,) = unpack_from("<I", data, at)
    tables = {kind: (many, to) for kind, _, many, to in iter_unpack("<2H2I", data[at + 4 : at + 4 + 12 * size])}
    many, to = tables[8]
    changed = bytearray(data)
    for each in range(many):
        if changed[to + 8 * each] != 4 or each:
            changed[to + 8 * each] = 3
    assert set(Dex(bytes(changed)).lambdas) == {None}


@pytest.mark.mutation
@pytest.mark.parametrize("name", ["dialer", "notes-invoke-custom"])
def test_seeded_mutations_end_in_an_answer(mutations: int, name: str) -> None:
    chance, base = random.Random(SEED), dex_of(name)
    for _ in range(mutations // 6):
        data = bytearray(base)
        for _ in range(chance.choice([1, 2, 8])):
            at = chance.randrange(len(data))
            data[at : at + 4] = chance.choice([b"\xff\xff\xff\xff", b"\0\0\0\x80", chance.randbytes(4)])
        try:
            dex = Dex(bytes(data[: chance.choice([len(data), len(data), chance.randrange(len(data))])]))
            assert isinstance(dex.lambdas, list)
            for owner, signature in [*dex.code][:200]:
                plain_code.method(dex, owner, signature)
        except (DoesNotHold, *FAULTS):
            pass
