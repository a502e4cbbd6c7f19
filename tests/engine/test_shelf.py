from pathlib import Path

import pytest

from assay.bytecode.dex import DexFile
from assay.engine.code_records import name_of
from assay.engine.indices import Indices
from assay.engine.shelf import Shelf
from assay.model.ids import sha256_hex
from tests.bytecode.samples import opened, sample

RAW = sample().write()
SHA = sha256_hex(RAW)


def _dex() -> DexFile:
    return opened(RAW)


def _not_again() -> DexFile:
    pytest.fail("the store has it")


def test_what_is_made_is_left_once_and_then_read_from_the_store(tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    store = Indices(tmp_path / "code")
    shelf = Shelf(store, room)
    made = shelf.columns(SHA, _dex)
    assert shelf.left() == (SHA,)
    assert shelf.left() == ()
    store.take_left([SHA, "0" * 64], room.joinpath)
    assert not (room / name_of(SHA)).exists()
    kept = Shelf(store, room).columns(SHA, _not_again)
    assert kept.method_hashes.tolist() == made.method_hashes.tolist()
    assert kept.string(0) == made.string(0)


def test_without_a_folder_nothing_is_left(tmp_path: Path) -> None:
    shelf = Shelf(Indices(tmp_path / "code"), None)
    assert shelf.columns(SHA, _dex).dex_sha256 == SHA
    assert shelf.left() == ()
    assert not list(tmp_path.iterdir())
