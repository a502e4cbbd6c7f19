import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from assay.engine.cache import ResultCache, key
from assay.engine.records import Child, Expansion
from assay.model.errors import CaseError

SOME = Expansion(kind="zip", step="zip", children=(Child(member=b"\xff\x00", sha256="ab" * 32, size=2**40),))
OTHER = Expansion(kind="text")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "results.sqlite"


def test_what_was_put_comes_back_also_after_opening_again(path: Path) -> None:
    cache = ResultCache(path)
    cache.put({"a": SOME, "b": OTHER})
    cache.close()
    again = ResultCache(path)
    assert again.get(["a", "b", "c"], Expansion) == {"a": SOME, "b": OTHER}
    assert again.known(["b", "c"]) == {"b"}
    again.close()


def test_a_result_that_is_there_stays(path: Path) -> None:
    cache = ResultCache(path)
    cache.put({"a": SOME})
    cache.put({"a": OTHER})
    cache.put({})
    assert cache.get(["a"], Expansion) == {"a": SOME}
    cache.close()


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1200])
def test_any_number_of_keys_can_be_asked_for(path: Path, count: int) -> None:
    cache = ResultCache(path)
    cache.put({str(number): OTHER for number in range(count)})
    names = [str(number) for number in range(count + 5)]
    assert len(cache.known(names)) == len(cache.get(names, Expansion)) == count
    cache.close()


def test_a_key_differs_by_each_of_its_parts() -> None:
    keys = [key("a", "b"), key("ab"), key("a", "b", ""), key("b", "a"), key("a", ["b"]), key("a", {"b": ""})]
    assert len(set(keys)) == len(keys)
    assert key("a", {"x": 1, "y": 2}) == key("a", {"y": 2, "x": 1})


KILLED = """
import sys
from pathlib import Path
from assay.engine.cache import ResultCache
from assay.engine.records import Expansion
cache = ResultCache(Path(sys.argv[1]))
for number in range(100000):
    cache.put({f"{number}-{part}": Expansion(kind="text") for part in range(3)})
    print(number, flush=True)
"""


def test_what_was_acknowledged_survives_a_kill_at_any_moment(path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    last = -1
    while last < 40:
        last = int(process.stdout.readline())
    os.kill(process.pid, signal.SIGKILL)
    rest = process.communicate()[0].split()
    acknowledged = max([last, *map(int, rest)])
    cache = ResultCache(path)
    wanted = {f"{number}-{part}" for number in range(acknowledged + 1) for part in range(3)}
    assert cache.known(wanted) == wanted
    assert len(cache.known(f"{acknowledged + 2}-{part}" for part in range(3))) == 0
    assert len(cache.known(f"{acknowledged + 1}-{part}" for part in range(3))) in {0, 3}
    cache.close()


def test_a_file_that_is_no_cache_is_refused(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database, but long enough to look at" * 100)
    with pytest.raises(CaseError, match="not usable as the result cache"):
        ResultCache(path)


def test_a_folder_in_the_way_is_refused(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(CaseError, match="not usable"):
        ResultCache(path)


@pytest.mark.parametrize("value", [b"", b"not zstd", bytes.fromhex("28b52ffd2000010000")])
def test_a_damaged_result_is_not_taken_for_one(path: Path, value: bytes) -> None:
    cache = ResultCache(path)
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO result VALUES (?, ?)", ("a", value))
    connection.close()
    with pytest.raises(CaseError, match="not usable"):
        cache.get(["a"], Expansion)
    cache.close()


def test_a_result_of_another_record_is_not_taken_for_it(path: Path) -> None:
    class Different(msgspec.Struct):
        other: int

    cache = ResultCache(path)
    cache.put({"a": Different(other=1)})
    with pytest.raises(CaseError, match="not usable"):
        cache.get(["a"], Expansion)
    cache.close()
