"""Lists stand once by identity, are counted under every rule, and their versions lie to scale on the time line."""

from assay.reports.sections.lists import LISTS_SHOWN, SHOWN, Lists, lists
from assay.vocabulary.lists import Census, ListVersion, Term, TermList
from tests.reports import case_rows


def carried(list_id: str, unique: int) -> TermList:
    return TermList(
        list_id=list_id, identity=list_id, entries=unique, unique=unique, carrier="json-array", name="n", shape="words",
        encoding="utf-8",
    )  # fmt: skip


def version(taken: str, entries: int) -> ListVersion:
    return ListVersion(endpoint="e", taken=taken, body="b", name="n", list_id=f"L-{entries}", entries=entries)


def of(*facts: TermList | Census | Term | ListVersion) -> Lists:
    rows = case_rows.Rows()
    home = rows.artefact("a.json", "A", "B")
    for fact in facts:
        rows.add(home, fact)
    return lists(rows.database())


def test_a_list_on_two_handsets_is_one_list_with_one_place() -> None:
    (one,) = of(carried("L-1", 3)).lists
    assert [(place.path, place.handsets) for place in one.carried] == [("a.json", ("A", "B"))]


def test_longer_lists_come_first() -> None:
    assert [one.list_id for one in of(carried("L-1", 3), carried("L-2", 30)).lists] == ["L-2", "L-1"]


def test_lists_beyond_the_limit_are_counted() -> None:
    for number, left_out in ((LISTS_SHOWN, 0), (LISTS_SHOWN + 1, 1)):
        made = of(*(carried(f"L-{place}", place + 1) for place in range(number)))
        assert (len(made.lists), made.left_out) == (LISTS_SHOWN, left_out)
        assert made.lists[0].keys == number


def test_every_counting_rule_stands_with_its_number_and_scripts_apart() -> None:
    counts = {"unique": 431, "raw": 449, "script:Han": 7, "script:Latin": 8}
    rows = [Census(list_id="L-1", rule=rule, count=count) for rule, count in counts.items()]
    (one,) = of(carried("L-1", 431), *rows).lists
    assert [(count.rule, count.counts) for count in one.census] == [("raw", (449,)), ("unique", (431,))]
    assert [(count.rule, count.counts) for count in one.scripts] == [("Latin", (8,)), ("Han", (7,))]


def test_entries_are_shown_up_to_the_limit_in_the_order_found() -> None:
    for size in (SHOWN, SHOWN + 1):
        words = [f"w{number:03}" for number in range(size)]
        terms = [Term(list_id="L-1", ordinal=n, text=word, normal=word, script="Latin") for n, word in enumerate(words)]
        (one,) = of(carried("L-1", size), *terms).lists
        assert list(one.entries) == words[:SHOWN]


def test_versions_lie_to_scale_between_the_first_and_the_last() -> None:
    found = of(*(version(f"2021-09-{day:02}T00:00:00Z", day) for day in (1, 2, 11)))
    (lane,) = found.lanes
    assert [one.tenths for one in lane.versions] == [0, 100, 1000]
    assert (found.first[:10], found.last[:10]) == ("2021-09-01", "2021-09-11")


def test_a_single_version_lies_in_the_middle_and_a_time_that_is_none_does_no_harm() -> None:
    assert [one.tenths for one in of(version("2021-09-01T00:00:00Z", 1)).lanes[0].versions] == [500]
    odd = of(version("yesterday", 1), version("2021-09-01T00:00:00Z", 2)).lanes[0].versions
    assert all(0 <= one.tenths <= 1000 for one in odd)


def test_a_time_without_a_zone_is_utc_whatever_the_zone_of_the_machine() -> None:
    named = of(
        version("2021-09-01T00:00:00Z", 1), version("2021-09-02T00:00:00", 2), version("2021-09-03T00:00:00Z", 3)
    )
    assert [one.tenths for one in named.lanes[0].versions] == [0, 500, 1000]
