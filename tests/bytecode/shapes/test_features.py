"""Features stay when names, order and registers change, and change when what is called or said changes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.shapes.features import BITS, BODY, CLASS, ORDER, TEXT_KIND, text_feature
from assay.bytecode.strings import hash_of
from tests.bytecode import dex_writer as w
from tests.bytecode.shapes.renaming import CLOSE, LOG, OPEN, TEXTS, below, hashes, library, read

KINDS = (TEXT_KIND, ORDER, BODY, CLASS)
names = st.text("abcxyz", min_size=1, max_size=6)


def test_every_kind_is_found_once_in_a_small_library() -> None:
    assert [len(hashes(library(), kind)) for kind in KINDS] == [2, 1, 1, 1]
    found = read(library(before=("LA;", "LB;")))
    assert set(found.classes.tolist()) == {2}
    assert found.instructions.tolist() == [0, 0, 7]  # two texts, four calls, the return
    assert int(found.hashes.max()) < 1 << BITS


@given(names, names, st.integers(0, 9), st.lists(names, max_size=3, unique=True))
def test_own_names_order_and_registers_change_nothing(owner: str, name: str, register: int, before: list[str]) -> None:
    others = tuple(f"La/{other};" for other in before)
    changed = library(f"Lq/{owner};", name, register=register, before=others)
    for kind in KINDS:
        assert hashes(changed, kind) == hashes(library(), kind)


def test_the_order_of_instructions_counts_for_order_alone() -> None:
    changed = library(texts=TEXTS[::-1], calls=(CLOSE, LOG, OPEN))
    assert hashes(changed, ORDER) != hashes(library(), ORDER)
    for kind in (TEXT_KIND, BODY, CLASS):
        assert hashes(changed, kind) == hashes(library(), kind)


@pytest.mark.parametrize(
    "other", [{"calls": (LOG, OPEN)}, {"calls": (LOG, OPEN, CLOSE._replace(name="reset"))},
              {"texts": (TEXTS[0], "waiting for an answer!")}],
)  # fmt: skip
def test_another_call_or_text_is_another_body(other: dict[str, tuple[object, ...]]) -> None:
    changed = library(**other)  # type: ignore[arg-type]
    for kind in (ORDER, BODY, CLASS):
        assert not hashes(changed, kind) & hashes(library(), kind)


def test_a_class_of_the_platform_above_counts_and_one_of_the_app_does_not() -> None:
    raw = library(before=("La/Base;", "La/Other;"))
    own = hashes(below(raw, "La/Base;"), CLASS)
    assert hashes(below(raw, "La/Other;"), CLASS) == own
    assert hashes(below(raw, "Ljava/net/Socket;"), CLASS) != own


def test_a_text_has_the_feature_of_its_bytes_from_six_on() -> None:
    raw = library(texts=("abcde", "abcdef"))
    assert hashes(raw, TEXT_KIND) == {text_feature(hash_of(b"abcdef"))}


def test_little_says_nothing() -> None:
    assert len(hashes(library(texts=(), calls=(LOG, OPEN)), BODY)) == 0
    assert len(hashes(library(texts=(), calls=(LOG, OPEN, CLOSE)), BODY)) == 1
    assert len(hashes(library(texts=(), calls=(LOG, OPEN, CLOSE)), CLASS)) == 0
    assert len(hashes(library(texts=("abc",), calls=(LOG, OPEN, CLOSE)), CLASS)) == 1


def test_a_file_without_classes_has_no_features() -> None:
    found = read(w.write([]))
    assert (len(found.hashes), len(found.instructions)) == (0, 0)


def test_rows_stand_in_order_and_once() -> None:
    found = read(library())
    rows = np.stack([found.kinds.astype(np.uint64), found.classes.astype(np.uint64), found.hashes], axis=1).tolist()
    assert rows == sorted(rows)
    assert len({tuple(row) for row in rows}) == len(rows)
