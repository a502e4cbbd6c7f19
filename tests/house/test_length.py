"""A file is short enough to be read in one sitting; the exceptions stand on a list that only shrinks."""

from collections.abc import Mapping

from tests.house import tree

LIMIT = 300


def offences(lengths: Mapping[str, int], listed: Mapping[str, int]) -> list[str]:
    found = [f"{name}: {length} lines" for name, length in lengths.items() if length > listed.get(name, LIMIT)]
    for name, most in listed.items():
        length = lengths.get(name, 0)
        if length <= LIMIT:
            found.append(f"{name}: has {length} lines, so it leaves long_files.toml")
        elif length < most:
            found.append(f"{name}: listed with {most} lines, has {length}: write the smaller number")
    return found


def test_no_file_is_longer_than_the_list_allows() -> None:
    lengths = {tree.named(path): content.count("\n") for path, content in tree.texts(".py")}
    listed = {name: entry["lines"] for name, entry in tree.table("long_files.toml").items()}
    assert offences(lengths, listed) == []


def test_every_listed_file_has_a_reason() -> None:
    assert all(entry["reason"] for entry in tree.table("long_files.toml").values())


def test_the_limit_holds_at_300_and_not_at_301() -> None:
    assert offences({"a.py": 300}, {}) == []
    assert offences({"a.py": 301}, {}) == ["a.py: 301 lines"]


def test_a_listed_file_may_neither_grow_nor_stay_listed_longer_than_it_is() -> None:
    assert offences({"a.py": 400}, {"a.py": 400}) == []
    assert offences({"a.py": 401}, {"a.py": 400}) == ["a.py: 401 lines"]
    assert offences({"a.py": 399}, {"a.py": 400}) == ["a.py: listed with 400 lines, has 399: write the smaller number"]
    assert offences({"a.py": 300}, {"a.py": 400}) == ["a.py: has 300 lines, so it leaves long_files.toml"]
