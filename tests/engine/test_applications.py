from hypothesis import given
from hypothesis import strategies as st

from assay.engine.applications import Applications
from assay.engine.records import Child, Expansion, Whole
from assay.model.case import Occurrence

BASE, SPLIT, ONE, TWO, TEN, NEST, DEEP, OTHER = (f"{number:064x}" for number in range(8))
SIZES = dict.fromkeys((BASE, SPLIT, ONE, TWO, TEN, NEST, DEEP, OTHER), 5)


def container(kind: str, **members: str) -> Expansion:
    names = {name.replace("_", "."): sha256 for name, sha256 in members.items()}
    children = tuple(Child(member=name.encode(), sha256=sha256, size=5) for name, sha256 in names.items())
    return Expansion(kind=kind, step="zip", children=children)


def occurrence(artefact: str, path: str, handset: str = "h") -> Occurrence:
    return Occurrence(artefact=artefact, handset=handset, locator=artefact, path=path)


DEX = Expansion(kind="dex")
EXPANSIONS = {
    BASE: container("apk", classes10_dex=TEN, classes2_dex=TWO, classes_dex=ONE, data_bin=NEST),
    SPLIT: container("apk", classes_dex=OTHER),
    NEST: container("zip", x=DEEP),
    ONE: DEX,
    TWO: DEX,
    TEN: DEX,
    DEEP: DEX,
    OTHER: DEX,
}
PACKAGES = {BASE: ("org.example.a", 1, ""), SPLIT: ("org.example.a", 1, "feature")}


def found(*occurrences: Occurrence, **changed: Expansion) -> tuple[Whole, ...]:
    return Applications({**EXPANSIONS, **changed}, SIZES, PACKAGES).found(occurrences)


def test_code_comes_in_the_order_of_the_class_path_and_what_lies_deeper_behind() -> None:
    (app,) = found(occurrence(BASE, "a/base.apk"), occurrence(SPLIT, "a/split_feature.apk"))
    assert [one.sha256 for one in app.archives] == [BASE, SPLIT]
    assert [one.sha256 for one in app.code] == [ONE, TWO, TEN, OTHER, DEEP]
    assert [one.name for one in app.code][::4] == ["base!zip:classes.dex", "base!zip:data.bin!zip:x"]
    assert [one.name for one in app.archives] == ["base", "feature"]
    assert app.code[1].locator == f"{BASE}!zip:classes2.dex"
    assert app.package == "org.example.a"
    assert app.left_out == 0


def test_dex_files_of_one_container_follow_each_other() -> None:
    several = container("dex-container", **{"1": DEEP, "2": OTHER})
    (app,) = found(occurrence(BASE, "base.apk"), **{ONE: several})
    assert [one.sha256 for one in app.code] == [ONE, DEEP, OTHER, TWO, TEN]


def test_a_package_inside_a_package_is_an_app_of_its_own() -> None:
    changed = {NEST: container("apk", classes_dex=DEEP)}
    inner = Occurrence(artefact=NEST, handset="h", locator=f"{BASE}!zip:data.bin", path="a/base.apk")
    apps = found(occurrence(BASE, "a/base.apk"), inner, **changed)
    assert sorted(tuple(one.sha256 for one in app.code) for app in apps) == [(ONE, TWO, TEN), (DEEP,)]


def test_a_container_that_holds_itself_ends() -> None:
    (app,) = found(occurrence(BASE, "base.apk"), **{NEST: container("zip", again=NEST, up=BASE, x=DEEP)})
    assert [one.sha256 for one in app.code] == [ONE, TWO, TEN, DEEP]


def test_packages_whose_manifest_cannot_be_read_stand_alone() -> None:
    occurrences = occurrence(BASE, "a/base.apk"), occurrence(SPLIT, "a/split_feature.apk")
    apps = Applications(EXPANSIONS, SIZES, {}).found(occurrences)
    assert sorted(len(app.archives) for app in apps) == [1, 1]


@given(st.integers(510, 514))
def test_dex_files_beyond_the_limit_are_counted(number: int) -> None:
    parts = [f"{index:064x}" for index in range(100, 100 + number)]
    children = tuple(Child(member=b"%d" % index, sha256=one, size=5) for index, one in enumerate(parts))
    expansions = {BASE: Expansion(kind="apk", step="zip", children=children), **dict.fromkeys(parts, DEX)}
    (app,) = Applications(expansions, SIZES, PACKAGES).found([occurrence(BASE, "base.apk")])
    assert (len(app.code), app.left_out) == (min(number, 512), max(number - 512, 0))
