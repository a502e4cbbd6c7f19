from hypothesis import given
from hypothesis import strategies as st

from assay.applications.grouping import Placed, groups


def placed(artefact: str, split: str = "", **other: str | int) -> Placed:
    plain = {"handset": "one", "home": "app", "package": "org.example.a", "version_code": 1}
    return Placed(artefact=artefact, split=split, **{**plain, "locator": artefact, **other})  # type: ignore[arg-type]


def archives(*given_: Placed) -> list[tuple[str, ...]]:
    return [tuple(one.artefact for one in group) for group in groups(given_)]


def test_a_base_comes_first_and_its_splits_by_name() -> None:
    assert archives(placed("3", "config.lt"), placed("1", "config.arm64_v8a"), placed("2")) == [("2", "1", "3")]


def test_what_differs_in_home_package_version_or_handset_is_another_app() -> None:
    found = archives(
        placed("a"),
        placed("b", home="elsewhere"),
        placed("c", package="org.example.b"),
        placed("d", version_code=2),
        placed("e", handset="two"),
        placed("f", "config.lt", version_code=2),
    )
    assert found == [("a",), ("b",), ("c",), ("d", "f"), ("e",)]


def test_two_bases_of_one_version_are_two_apps_with_all_splits_each() -> None:
    assert archives(placed("a"), placed("b"), placed("c", "x")) == [("a", "c"), ("b", "c")]


def test_splits_without_a_base_are_one_app() -> None:
    assert archives(placed("b", "y"), placed("a", "x")) == [("a", "b")]


def test_the_same_archives_on_two_handsets_are_one_app() -> None:
    assert archives(placed("a"), placed("a", handset="two"), placed("a", home="elsewhere")) == [("a",)]


def test_one_archive_twice_in_a_folder_counts_once() -> None:
    assert archives(placed("a"), placed("a", locator="b"), placed("b", "s")) == [("a", "b")]


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(("", "x", "y")), st.sampled_from("pq"))))
def test_every_archive_is_in_an_app_and_the_order_given_changes_nothing(given_: list[tuple[str, str, str]]) -> None:
    own = {artefact: (split, package) for artefact, split, package in given_}
    pieces = [placed(artefact, split, package=package) for artefact, (split, package) in own.items()]
    found = archives(*pieces)
    assert found == archives(*reversed(pieces))
    assert {one for group in found for one in group} == set(own)
    for group in found:
        assert len({own[one][1] for one in group}) == 1
        assert all(own[one][0] for one in group[1:])
