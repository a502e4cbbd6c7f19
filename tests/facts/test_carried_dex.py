import pytest

from assay.artefacts.elf import open_elf
from assay.artefacts.zip import open_zip
from assay.facts import carried_dex
from assay.facts.carried_dex import find_carried_dex
from assay.model.coverage import NotFollowed
from assay.model.source import BufferSource
from assay.vocabulary.containers import ForeignCode
from tests.artefacts import compiled_writer as c
from tests.artefacts import zip_writer as z
from tests.artefacts.elf_writer import Library

DEX = c.dex(0x90)
ENTRY = z.Item(b"classes.dex", DEX)


def places(raw: bytes, *, library: bool = False) -> list[str]:
    found = list(find_carried_dex(open_elf(BufferSource(raw)) if library else open_zip(BufferSource(raw))))
    rows = [one.place for one in found if isinstance(one, ForeignCode)]
    missed = [NotFollowed("DEX files inside files of other formats", len(rows))] if rows else []
    assert [one for one in found if isinstance(one, NotFollowed)] == missed
    return rows


def test_an_entry_is_no_carried_file() -> None:
    assert places(z.archive(ENTRY, z.Item(b"a", b"text"))) == []


def test_a_dex_file_before_between_and_behind_the_entries_is_named() -> None:
    assert places(z.archive(ENTRY, prefix=DEX)) == ["0x0+144"]
    between = z.archive(z.Item(b"a", b"text"), z.Item(b"b", b"more", gap=DEX))
    assert places(between) == [f"0x{between.index(DEX):x}+144"]
    before = z.archive(ENTRY, before_directory=b"block" + DEX)
    assert places(before) == [f"0x{before.rindex(DEX):x}+144"]


def test_a_dex_file_in_a_library_is_named() -> None:
    raw = Library(constants=[b"text", DEX]).write()
    assert places(raw, library=True) == [f"0x{raw.index(DEX):x}+144"]
    assert places(Library(constants=[DEX[:-1].replace(b"dex", b"xed")]).write(), library=True) == []


@pytest.mark.parametrize("count", [2, 3])
def test_the_number_of_rows_is_held_at_its_limit(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(carried_dex, "MAX_CARRIED", 2)
    assert len(places(z.archive(ENTRY, prefix=DEX * count))) == 2
