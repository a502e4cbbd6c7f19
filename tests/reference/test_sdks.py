"""The table of SDKs: each row stands once, says where it is from, and is found by package and by feature."""

import re
from importlib import resources

import msgspec
import numpy as np
import pytest

from assay.reference.sdks import WEIGHT, Sdks

TABLE = Sdks.packaged()
ROW = """
[[sdk]]
id = "{id}"
name = "A"
publisher = "B"
category = "networking"
prefixes = ["{prefix}"]
source = "an invented file"
as_of = 2026-01-02
verified = "verified"
[[sdk.observed]]
versions = ["1", "2"]
hashes = "0000000000aa 0000000000bb"
[[sdk.observed]]
versions = ["2"]
hashes = "{hash}"
"""
HEAD = 'schema = "assay-sdks/1"\n'


def _table(*rows: tuple[str, str, str]) -> Sdks:
    return Sdks.parse([HEAD + "".join(ROW.format(id=id_, prefix=prefix, hash=hash_) for id_, prefix, hash_ in rows)])


TWO = _table(("a", "org.example.a", "0000000000cc"), ("b", "org.example.a.b", "0000000000dd"))


def test_every_row_says_whose_it_is_and_where_it_is_from() -> None:
    for row in TABLE.rows:
        assert re.fullmatch(r"[a-z0-9-]+", row.id)
        assert all((row.name, row.publisher, row.category, row.prefixes, row.source))
        assert row.as_of.year >= 2026
        assert row.verified in {"verified", "secondary", "unverified"}


def test_rows_are_verified_where_classes_were_read_in_a_pinned_file_and_only_there() -> None:
    for row in TABLE.rows:
        assert (row.verified == "verified") == bool(row.classes) == bool(re.search(r"sha256 [0-9a-f]{64}", row.source))
        assert row.classes or not row.observed


def test_features_are_few_written_once_and_of_at_most_two_sdks() -> None:
    assert all(size <= 1000 for size in TABLE.sizes)
    assert len(TABLE.features) == sum(TABLE.sizes)
    assert {known.weight for known in TABLE.known} <= {WEIGHT, WEIGHT // 2}
    for row in TABLE.rows:
        words = " ".join(one.hashes for one in row.observed).split()
        assert len(set(words)) == len(words)
        assert all(re.fullmatch(r"[0-9a-f]{12}", word) for word in words)


def test_the_whole_table_stays_small() -> None:
    folder = resources.files("assay").joinpath("data/reference/sdks")
    assert sum(len(entry.read_bytes()) for entry in folder.iterdir()) < 1_000_000


@pytest.mark.parametrize(
    ("package", "row"),
    [("org.example.a", 0), ("org.example.a.c", 0), ("org.example.a.b.c", 1), ("org.example.ab", None),
     ("org.example", None), ("", None), ("...", None)],
)  # fmt: skip
def test_the_longest_prefix_counts_and_ends_at_a_dot(package: str, row: int | None) -> None:
    assert TWO.named(package) == row


def test_features_are_found_with_the_share_of_each_sdk() -> None:
    shared, alone, none = TWO.find(np.array([0xAA, 0xDD, 0xEE], np.uint64))
    assert [TWO.known[row] for row in shared] == [(0, 0, WEIGHT // 2), (1, 0, WEIGHT // 2)]
    assert [TWO.known[row] for row in alone] == [(1, 1, WEIGHT)]
    assert not none


def test_versions_are_those_that_most_features_were_seen_in() -> None:
    (row,) = TWO.find(np.array([0xCC], np.uint64))[0]
    both = [next(iter(one)) for one in TWO.find(np.array([0xAA, 0xBB], np.uint64))]
    assert TWO.versions_of(both) == ("1", "2")
    assert TWO.versions_of([*both, row]) == ("2",)
    assert TWO.versions_of([]) == ()


def test_the_same_id_prefix_or_schema_is_not_taken_twice_or_wrong() -> None:
    for rows, word in (((("a", "org.x", "01"),) * 2, "a stands twice"),
                       ((("a", "org.x", "01"), ("b", "org.x", "01")), "org.x stands twice")):  # fmt: skip
        with pytest.raises(ValueError, match=word):
            _table(*rows)
    with pytest.raises(ValueError, match="schema"):
        Sdks.parse(['schema = "assay-sdks/0"\nsdk = []'])
    with pytest.raises(ValueError, match="unknown"):
        Sdks.parse([HEAD + "[[sdk]]\nunknown = 1"])


def test_the_digest_changes_with_any_row() -> None:
    other = Sdks(msgspec.structs.replace(row, category="other") if row.id == "b" else row for row in TWO.rows)
    assert other.digest != TWO.digest
    assert _table(("b", "org.example.a.b", "0000000000dd"), ("a", "org.example.a", "0000000000cc")).digest == TWO.digest
