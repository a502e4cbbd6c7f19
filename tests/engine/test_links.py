"""Links kept between runs: taken up for what is mostly the same, made anew where they are damaged or foreign."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from assay.bytecode.columns import Columns, build, interning
from assay.bytecode.columns.sharing import Sharing
from assay.engine import links
from assay.engine.linked import Linked
from assay.engine.links import Links
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import opened

MANY = 1200
"""So many methods in a file that tables of numbers grow."""


def made(name: str, count: int) -> Columns:
    owner = f"Lorg/example/{name};"
    return build(
        opened(
            w.write(
                [w.Class(owner, [w.Method(w.MethodId(owner, f"m{n}", w.Proto("V")), [0x0E]) for n in range(count)])]
            )
        )
    )


FILES = {"a": made("A", MANY), "b": made("B", 300), "c": made("C", 20), "d": made("D", 400)}
APPS: list[tuple[str, ...]] = [("a",), ("a", "b"), ("c",)]


class Reader:
    """Gives columns, and tells which were asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, sha256: str) -> Columns:
        self.asked.append(sha256)
        return FILES[sha256]


def of(home: Path | None, apps: Sequence[tuple[str, ...]]) -> tuple[list[str], list[object]]:
    """Return which files were read, and all that is told of the link."""
    read, order = Reader(), sorted({name for app in apps for name in app})
    linked = Linked(Links(home).of(apps, order, read), order)
    arrays = (linked.class_ids, linked.method_ids, linked.body_ids, linked.class_apps, linked.method_apps)
    starts = (linked.class_starts, linked.definition_starts, linked.body_apps)
    counts = [linked.classes, linked.methods, linked.bodies, linked.unnamed]
    return read.asked, [*counts, *(array.tolist() for array in (*arrays, *starts))]


def kept(home: Path) -> list[Path]:
    return sorted((home / links.FOLDER).iterdir()) if (home / links.FOLDER).exists() else []


def test_only_what_is_new_is_read_and_the_result_is_that_of_a_fresh_link(tmp_path: Path) -> None:
    assert of(tmp_path, APPS)[0] == ["a", "b", "c"]
    changes: list[list[tuple[str, ...]]] = [
        APPS,
        [("a",), ("c",)],
        [("a", "d"), ("d",), ("a", "b")],
        [("d", "a")],
        APPS,
    ]
    for apps in changes:
        fresh = of(None, apps)[1]
        read, found = of(tmp_path, apps)
        assert found == fresh
        assert len(read) < 2 and set(read) <= {"d", "b", "c"}  # noqa: PT018
    assert len(kept(tmp_path)) == 1


def test_it_is_written_again_when_enough_came(tmp_path: Path) -> None:
    of(tmp_path, APPS)
    before = kept(tmp_path)[0].read_bytes()
    assert of(tmp_path, [("a", "b"), ("c",)])[0] == []
    assert kept(tmp_path)[0].read_bytes() == before
    assert of(tmp_path, [*APPS, ("d",)])[0] == ["d"]
    assert len(kept(tmp_path)) == 1
    assert kept(tmp_path)[0].read_bytes() != before
    assert of(tmp_path, [*APPS, ("d",)])[0] == []


def test_another_phone_has_a_link_of_its_own_and_the_oldest_go(tmp_path: Path) -> None:
    of(tmp_path, APPS)
    assert of(tmp_path, [("d",)])[0] == ["d"]
    assert len(kept(tmp_path)) == 2
    assert of(tmp_path, APPS)[0] == []
    folder = tmp_path / links.FOLDER
    for number in range(links.KEPT + 1):
        (folder / f"{number}.link").touch(mode=0o600)
        os.utime(folder / f"{number}.link", (number, number))
    (folder / "new-left").touch()
    os.utime(folder / "new-left", (0, 0))
    (folder / "new-being-written").touch()
    links._trim(folder / "more.link")
    assert len(list(folder.glob("*.link"))) == links.KEPT - 1
    assert [path.name for path in folder.glob("new-*")] == ["new-being-written"]


def flipped(at: float) -> Callable[[bytes], bytes]:
    def flip(raw: bytes) -> bytes:
        row = next(i for i in range(int(at * len(raw)), len(raw)) if raw[i])
        return raw[:row] + bytes([raw[row] ^ 0x41]) + raw[row + 1 :]

    return flip


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"", lambda raw: raw[:10], lambda raw: raw[:24], lambda raw: raw[:5000], lambda raw: raw[:-4096],
        lambda raw: raw[:8] + b"\xff" * 8 + raw[16:], *(flipped(part / 8) for part in range(8)), flipped(0.0001),
    ],
)  # fmt: skip
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    _, expected = of(tmp_path, APPS)
    path = kept(tmp_path)[0]
    path.write_bytes(damage(path.read_bytes()))
    read, found = of(tmp_path, APPS)
    assert found == expected
    assert read == ["a", "b", "c"]
    assert of(tmp_path, APPS)[0] == []


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_what_others_can_read_or_change_is_not_taken_up(tmp_path: Path, mode: int) -> None:
    of(tmp_path, APPS)
    kept(tmp_path)[0].chmod(mode)
    assert of(tmp_path, APPS)[0] == ["a", "b", "c"]


def test_nothing_is_kept_where_others_can_look(tmp_path: Path) -> None:
    (tmp_path / links.FOLDER).mkdir()
    (tmp_path / links.FOLDER).chmod(0o755)
    of(tmp_path, APPS)
    assert kept(tmp_path) == []


def test_what_other_sources_made_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of(tmp_path, APPS)
    monkeypatch.setattr(links, "_made_by", lambda: "0" * 32)
    assert of(tmp_path, APPS)[0] == ["a", "b", "c"]
    assert len(kept(tmp_path)) == 2


def test_a_link_that_holds_mostly_what_is_gone_is_removed(tmp_path: Path) -> None:
    of(tmp_path, [("a",), ("b",), ("c",), ("d",)])
    assert of(tmp_path, [("a",)])[0] == []
    assert kept(tmp_path) == []
    assert of(tmp_path, [("a",)])[0] == ["a"]


def test_two_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    of(tmp_path, APPS)
    before = links._read(kept(tmp_path)[0])
    of(tmp_path, [*APPS, ("d",)])
    after = Sharing.__new__(Sharing)
    after.__dict__.update(before.__dict__)
    after.update([("b",)], ["b"], Reader())
    assert np.count_nonzero(after.counts[1]) == 300
    assert of(tmp_path, [*APPS, ("d",)])[0] == []


def test_what_links_is_loaded_ahead_only_where_something_was_linked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = Event()
    monkeypatch.setattr(interning, "load", loaded.set)
    Links(None).prepare()
    Links(tmp_path).prepare()
    assert not loaded.wait(0.05)
    of(tmp_path, APPS)
    Links(tmp_path).prepare()
    assert loaded.wait(10)
