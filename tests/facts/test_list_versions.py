"""Versions of a list at an endpoint: full, newer, emptied, gone, and with several handsets."""

import json
from collections.abc import Sequence
from typing import Any, TypeVar

import pytest

from assay.artefacts.json import open_json
from assay.artefacts.snapshots import open_snapshots
from assay.facts.list_versions import join_list_versions
from assay.facts.snapshots import read_snapshots
from assay.facts.term_lists.json_documents import find_json_lists
from assay.model.case import Handset, Occurrence
from assay.model.ids import sha256_hex
from assay.model.problem import Problem
from assay.model.source import BufferSource
from assay.registry import Yielded
from assay.vocabulary import Fact, Located, fact_id
from assay.vocabulary.lists import ListChange, ListVersion

F = TypeVar("F", bound=Fact)
FULL = ["velmora", "ostela", "Lantern March", "petadre", "brenovia", "drapupli"]
NEWER = ["velmora", "ostela", "lantern march", "petadre", "umbrella", "free kites"]
ENDPOINT = "http://cfg.example.test/guard"


class Tables:
    """Facts of files that lie in folders of handsets, without an engine."""

    def __init__(self, files: dict[tuple[str, str], bytes], locator: str = "") -> None:
        self.files = files
        self.locator = locator
        self.handsets: Sequence[Handset] = ()
        self.located: list[Located[Fact]] = []
        for data in dict.fromkeys(files.values()):
            self.located.extend(
                Located(fact_id(sha256_hex(data), row), sha256_hex(data), "x@1", row) for row in _facts(data)
            )

    def rows(self, record: type[F]) -> Sequence[Located[F]]:
        found = [located for located in self.located if isinstance(located.row, record)]
        found.sort(key=lambda located: (located.artefact, located.fact))
        return found  # type: ignore[return-value]

    def occurrences(self, artefact: str) -> Sequence[Occurrence]:
        return [
            Occurrence(artefact=artefact, handset=handset, locator=self.locator, path=path)
            for (handset, path), data in sorted(self.files.items())
            if sha256_hex(data) == artefact
        ]

    def beside(self, occurrence: Occurrence, name: str) -> str | None:
        folder = occurrence.path.rpartition("/")[0]
        data = self.files.get((occurrence.handset, f"{folder}/{name}"))
        return None if data is None else sha256_hex(data)

    def at(self, locator: str) -> str | None:
        raise NotImplementedError(locator)

    def text(self, artefact: str) -> str | None:
        (data,) = {data for data in self.files.values() if sha256_hex(data) == artefact}
        return data.decode()


def _facts(data: bytes) -> Sequence[Fact]:
    source = BufferSource(data)
    if data.startswith(b"schema"):
        return list(read_snapshots(open_snapshots(source)))
    return list(find_json_lists(open_json(source))) if data[:1] in {b"{", b"["} else []


def manifest(*entries: tuple[str, str, int]) -> bytes:
    head = f'schema = "assay-snapshots/1"\nendpoint = "{ENDPOINT}"\n'
    return (
        head + "".join(f'[[snapshot]]\nfile = "{f}"\ntaken = "{t}"\nstatus = {s}\n' for f, t, s in entries)
    ).encode()


def body(words: list[str], **more: Any) -> bytes:
    return json.dumps({"v": 1, **more, "words": words}).encode()


ENTRIES = (
    ("b.json", "2021-11-15T06:00:00Z", 200),
    ("a.json", "2021-09-20T06:00:00Z", 200),
    ("c.json", "2022-01-05T06:00:00Z", 200),
)
FILES = {"s/m.toml": manifest(*ENTRIES), "s/a.json": body(FULL), "s/b.json": body(NEWER), "s/c.json": body([])}


def joined(files: dict[str, bytes], *handsets: str) -> list[tuple[str, Yielded]]:
    tables = Tables({(handset, path): data for handset in handsets or ("h",) for path, data in files.items()})
    return list(join_list_versions(tables))


def versions(rows: Sequence[tuple[str, Yielded]]) -> list[ListVersion]:
    return [row for _, row in rows if isinstance(row, ListVersion)]


def changes(rows: Sequence[tuple[str, Yielded]]) -> list[ListChange]:
    return [row for _, row in rows if isinstance(row, ListChange)]


def test_a_manifest_that_the_examined_brought_along_tells_no_version() -> None:
    files = {("h", path): data for path, data in FILES.items()}
    rows = list(join_list_versions(Tables(files, f"{'0' * 64}!har:3/response")))
    assert [type(row).__name__ for _, row in rows] == ["Problem"]
    assert versions(list(join_list_versions(Tables(files, f"{'0' * 64}!zip:a/b.json"))))


def test_versions_come_by_time_and_name_their_bodies() -> None:
    rows = joined(FILES)
    assert [(row.taken[:10], row.entries, row.name, row.body) for row in versions(rows)] == [
        ("2021-09-20", 6, "words", sha256_hex(FILES["s/a.json"])),
        ("2021-11-15", 6, "words", sha256_hex(FILES["s/b.json"])),
        ("2022-01-05", 0, "words", sha256_hex(FILES["s/c.json"])),
    ]
    assert all(artefact == row.body for artefact, row in rows if isinstance(row, ListVersion))
    assert {row.endpoint for row in versions(rows)} == {ENDPOINT}


def test_changes_name_what_came_and_went_without_regard_to_case() -> None:
    first, second = changes(joined(FILES))
    assert (first.added, first.removed, first.emptied) == (("free kites", "umbrella"), ("brenovia", "drapupli"), False)
    assert (first.before, first.after) == ("2021-09-20T06:00:00Z", "2021-11-15T06:00:00Z")
    assert (second.added, second.removed, second.emptied) == ((), tuple(sorted(NEWER)), True)
    assert second.list_after == "L-e3b0c44298fc1c14"
    assert (second.list_before, second.place) == (first.list_after, "json:/words")


def test_the_same_list_again_is_a_version_and_no_change() -> None:
    rows = joined({**FILES, "s/b.json": body([word.upper() for word in reversed(FULL)])})
    assert len(versions(rows)) == 3
    assert [(row.before[:10], row.after[:10], row.emptied) for row in changes(rows)] == [
        ("2021-11-15", "2022-01-05", True)
    ]


def test_a_list_that_shrank_to_a_few_entries_is_followed() -> None:
    rows = joined({**FILES, "s/b.json": body(["Velmora", "ostela"])})
    assert [row.entries for row in versions(rows)] == [6, 2, 0]
    shrank, emptied = changes(rows)
    assert (shrank.added, shrank.emptied, len(shrank.removed)) == ((), False, 4)
    assert (emptied.removed, emptied.emptied) == (("ostela", "velmora"), True)


@pytest.mark.parametrize("data", [b"", b'{"v":3}', b"gone", b'{"words":"none"}', b'{"words":[1,2]}', b"[", b"{broken"])
def test_an_answer_that_says_nothing_of_the_list_is_no_version(data: bytes) -> None:
    assert len(versions(joined({**FILES, "s/c.json": data}))) == 2


@pytest.mark.parametrize(("status", "count"), [(200, 3), (204, 3), (304, 2), (404, 2), (500, 2)])
def test_only_answers_count(status: int, count: int) -> None:
    entries = (*ENTRIES[:2], ("c.json", "2022-01-05T06:00:00Z", status))
    assert len(versions(joined({**FILES, "s/m.toml": manifest(*entries)}))) == count


def test_a_missing_body_is_a_problem_and_the_others_are_joined() -> None:
    rows = joined({path: data for path, data in FILES.items() if path != "s/b.json"})
    (problem,) = [row for _, row in rows if isinstance(row, Problem)]
    assert "b.json" in problem.what
    assert [row.entries for row in versions(rows)] == [6, 0]


def test_a_list_that_never_had_an_entry_has_no_history() -> None:
    assert joined({"s/m.toml": manifest(*ENTRIES[:1]), "s/b.json": body([])}) == []


def test_two_lists_of_an_answer_have_each_its_history() -> None:
    rows = joined({**FILES, "s/a.json": body(FULL, hosts=[f"h{n}.example.test" for n in range(6)])})
    assert [(row.name, row.entries) for row in versions(rows)] == [
        ("hosts", 6),
        ("words", 6),
        ("words", 6),
        ("words", 0),
    ]


def test_handsets_with_the_same_bodies_share_one_history() -> None:
    assert joined(FILES, "north", "west") == joined(FILES)


def test_handsets_with_other_bodies_have_each_their_own() -> None:
    other = {**FILES, "s/b.json": body(NEWER[:-1])}
    files = {("north", path): data for path, data in FILES.items()} | {
        ("west", path): data for path, data in other.items()
    }
    rows = list(join_list_versions(Tables(files)))
    assert [row.added for row in changes(rows) if row.added] == [("free kites", "umbrella"), ("umbrella",)]


def test_manifests_of_two_folders_of_a_handset_are_one_history() -> None:
    late = {"t/m.toml": manifest(("d.json", "2022-03-01T06:00:00Z", 200)), "t/d.json": body(FULL)}
    rows = joined({**FILES, **late})
    assert [row.entries for row in versions(rows)] == [6, 6, 0, 6]
    assert changes(rows)[-1].added == tuple(sorted(word.lower() for word in FULL))


def test_the_same_body_under_two_names_and_times_is_no_change() -> None:
    entries = (("a.json", "2021-09-20T06:00:00Z", 200), ("d.json", "2021-12-01T06:00:00Z", 200))
    rows = joined({"s/m.toml": manifest(*entries), "s/a.json": body(FULL), "s/d.json": body(FULL)})
    assert [row.taken[:10] for row in versions(rows)] == ["2021-09-20", "2021-12-01"]
    assert changes(rows) == []


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_between_two_answers_of_one_second_no_change_is_told(order: tuple[int, int]) -> None:
    entries = [("a.json", "2021-09-20T06:00:00Z", 200), ("b.json", "2021-09-20T08:00:00+02:00", 200)]
    stated = manifest(*(entries[number] for number in order))
    rows = joined({"s/m.toml": stated, "s/a.json": body(FULL), "s/b.json": body([])})
    assert changes(rows) == []
    (problem,) = [row for _, row in rows if isinstance(row, Problem)]
    assert problem.what == f"two different answers of {ENDPOINT} are stated for 2021-09-20T06:00:00Z"


def test_a_list_that_was_emptied_and_filled_again_has_both_changes() -> None:
    late = (*ENTRIES, ("d.json", "2022-03-01T06:00:00Z", 200))
    rows = joined({**FILES, "s/m.toml": manifest(*late), "s/d.json": body(FULL)})
    assert [(row.emptied, len(row.added), len(row.removed)) for row in changes(rows)] == [
        (False, 2, 2),
        (True, 0, 6),
        (False, 6, 0),
    ]
