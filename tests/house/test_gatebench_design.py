"""The design of gatebench: drawn by the seed alone, every idiom in its turn, twins that differ in one thing."""

import random
from pathlib import Path

from benchmarks.gatebench import designing
from benchmarks.gatebench.building import manifest, resources
from benchmarks.gatebench.composing import TWINS
from benchmarks.gatebench.naming import Names, made_up_words
from benchmarks.gatebench.specimens import Specimen
from tests.house import gatebench_idioms as idioms
from tests.house import tree

FOLDER = tree.ROOT / "benchmarks" / "gatebench"


def written(specimens: list[Specimen]) -> list[object]:
    return [(each.name, each.package, each.sources, manifest(each), resources(each), each.match) for each in specimens]


def test_one_seed_gives_one_set_of_applications() -> None:
    first, again, other = (written(designing.specimens(seed, 40)) for seed in (7, 7, 8))
    assert first == again
    assert len(first) == 40
    assert all(one not in other for one in first)


def test_positives_have_twins_and_a_third_at_most_are_decoys() -> None:
    made = designing.specimens(3, 60)
    cases = [each for each in made if not each.twin]
    assert len({each.package for each in made}) == 60
    assert sum(each.twin == "decoy" for each in made) <= 20
    assert abs(len(cases) - sum(each.twin in TWINS for each in made)) <= 1
    assert {each.twin for each in made} >= set(TWINS)
    for case, twin in zip(made[::2], made[1::2], strict=False):
        assert case.twin != "" or twin.twin == "decoy" or case.idioms == twin.idioms


def test_cases_are_of_known_idioms_or_with_some_held_back() -> None:
    made = [each for each in designing.specimens(4, 60) if each.truth]
    assert {each.held_back for each in made} == {True, False}


def test_a_run_meets_every_origin_of_lists_and_texts() -> None:
    met = {(idiom.kind, idiom.origin) for each in designing.specimens(5, 150) for idiom in each.idioms}
    every = {(idiom.kind, idiom.origin) for idiom in designing.pool() if idiom.kind in {"list", "text"}}
    assert every <= met


def test_only_one_idiom_or_specimen_is_made_where_it_is_asked_for() -> None:
    name = designing.specimens(1, 40)[0].idioms[0].name
    asked = designing.specimens(1, 40, name)
    assert asked
    assert all(name in {idiom.name for idiom in each.idioms} for each in asked)
    assert [each.name for each in designing.specimens(1, 40, "s1-003")] == ["s1-003", *[f"s1-003-{TWINS[3]}"]]


def test_a_twin_differs_in_one_thing() -> None:
    case = idioms.specimen(idioms.DOWNLOADED)
    for twin in TWINS:
        other = idioms.specimen(idioms.DOWNLOADED, twin=twin)
        changed = [name for name, text in other.sources.items() if case.sources.get(name) != text]
        assert changed or manifest(case) != manifest(other)
        assert len(changed) <= 2
        assert (case.match, case.entries) == (other.match, other.entries)


def test_names_belong_to_roles_and_no_two_share_one() -> None:
    names = Names("org.example.a", 1)
    drawn = [names.type(f"role {at}") for at in range(200)]
    assert len(set(drawn)) == 200
    assert names.type("role 7") == drawn[7] != names.scoped("b").type("role 7")
    assert names.host.endswith(".example.test")


def test_made_up_words_are_no_parts_of_each_other() -> None:
    words = made_up_words(random.Random(2), 12)
    assert not any(one in other for one in words for other in words if one != other)


def test_neither_generator_nor_stand_ins_know_the_product() -> None:
    def imports(path: Path) -> list[str]:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line.startswith(("import ", "from ")) and "assay" in line]

    files = [*FOLDER.rglob("*.py"), *FOLDER.rglob("*.java")]
    assert len(files) > 100
    assert [path.name for path in files if imports(path)] == []


def test_only_made_up_hosts_are_named() -> None:
    hosts = [
        word
        for each in designing.specimens(6, 60)
        for text in each.sources.values()
        for word in text.split('"')
        if word.startswith(("http://", "https://"))
    ]
    assert hosts
    assert [host for host in hosts if not host.split("/")[2].endswith((".example.test", ".example", ""))] == []
