import random

import pytest

from assay.artefacts import optimised_dex
from assay.artefacts.optimised_dex import OptimisedDex, open_optimised_dex
from assay.model.errors import Unreadable
from assay.model.source import BufferSource
from tests.artefacts import compiled_writer as w

INNER = w.dex(0x90)
DEPENDENCIES = (b"/system/framework/core.jar", b"/system/framework/ext.jar")


def opened(raw: bytes) -> OptimisedDex:
    return open_optimised_dex(BufferSource(raw))


def held(document: OptimisedDex) -> list[bytes]:
    return [bytes(member.open().view()) for member in document.members()]


def what(document: OptimisedDex) -> str:
    return " | ".join(problem.what for problem in document.problems)


def test_the_dex_file_and_what_it_depends_on_come_out() -> None:
    found = opened(w.odex(INNER, *DEPENDENCIES))
    assert (held(found), found.dependencies) == ([INNER], DEPENDENCIES)
    assert found.properties["dependencies"] == "/system/framework/core.jar:/system/framework/ext.jar"
    assert what(found) == "the DEX file was optimised for one build: instructions were replaced"
    assert [(part.what, part.length) for part in found.parts] == [("optimised tables", 8)]


@pytest.mark.parametrize("count", [3, 2**31, 2**32 - 1])
def test_more_dependencies_than_there_are(count: int) -> None:
    found = opened(w.odex(INNER, *DEPENDENCIES, count=count))
    assert found.dependencies == DEPENDENCIES
    assert f"{count} dependencies are stated, 2 were read" in what(found)


def test_the_number_of_dependencies_is_held_at_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optimised_dex, "MAX_DEPENDENCIES", 2)
    assert "dependencies" not in what(opened(w.odex(INNER, *DEPENDENCIES)))
    three = opened(w.odex(INNER, *DEPENDENCIES, b"/more.jar"))
    assert (len(three.dependencies), "3 dependencies are stated, 2" in what(three)) == (2, True)


@pytest.mark.parametrize("offset", [0, 41, 2**31, 2**32 - 1])
def test_a_dex_file_where_none_is(offset: int) -> None:
    found = opened(w.odex(INNER, offset=offset))
    assert held(found) == []
    assert f"no DEX header at 0x{offset:x}" in what(found)


@pytest.mark.parametrize("length", [0x90 - 4, 2**31, 2**32 - 1])
def test_a_false_length_is_cut_to_what_is_there(length: int) -> None:
    (inner,) = held(opened(w.odex(INNER, length=length)))
    assert INNER.startswith(inner)
    assert len(inner) == min(length, 0x90)


def test_a_header_that_is_cut_off_is_refused() -> None:
    with pytest.raises(Unreadable, match="too few"):
        opened(w.odex(INNER)[:39])


@pytest.mark.mutation
def test_changed_files_end_in_members_or_unreadable(mutations: int) -> None:
    choice, raw = random.Random(5), w.odex(INNER, *DEPENDENCIES)
    became: set[int | str] = set()
    for _ in range(mutations):
        changed = bytearray(raw[: choice.choice([len(raw), choice.randrange(len(raw))])])
        at = choice.choice([choice.randrange(8, 40), choice.randrange(len(raw))])
        changed[at : at + 4] = choice.choice([b"\xff" * 4, b"\0\0\0\x80", choice.randbytes(4)])
        try:
            became.add(len(held(opened(bytes(changed)))))
        except Unreadable:
            became.add("unreadable")
    assert became == {0, 1, "unreadable"}
