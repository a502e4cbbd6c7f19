"""Whose code a class is: by package and features together, by features alone, by neither."""

import pytest

from assay.applications.code_origins import Origin, origins
from assay.reference.sdks import Sdks
from tests.applications.apps import BUILT, specimen
from tests.applications.code_written import a_class, app, table
from tests.bytecode import dex_writer as w

NUMBERS = range(16, 26)
TABLE = table(NUMBERS)
SHIPPED = Sdks.packaged()


def _told(*classes: w.Class, sdks: Sdks = TABLE) -> list[Origin]:
    return [row.origin for row in origins(app(classes), sdks).rows]


def test_a_package_with_its_features_is_the_sdk_under_its_name() -> None:
    classes = [a_class(f"Lorg/lines/C{number};", number) for number in NUMBERS]
    empty = w.Class("Lorg/lines/Empty;")
    found = origins(app([*classes, empty]), TABLE)
    assert {row.origin for row in found.rows} == {Origin.NAMED}
    assert len(found.met[Origin.NAMED, 0]) == TABLE.sizes[0]


def test_a_package_without_its_features_only_claims_to_be_the_sdk() -> None:
    assert _told(a_class("Lorg/lines/C16;", 99), a_class("Lorg/silent/A;", 16)) == [Origin.NAME_ONLY] * 2


def test_features_without_the_package_are_the_sdk_renamed() -> None:
    names = [f"La/{letter};" for letter in "bcdefghijk"]
    found = origins(app([a_class(name, number) for name, number in zip(names, NUMBERS, strict=True)]), TABLE)
    assert {(row.origin, row.sdk) for row in found.rows} == {(Origin.RENAMED, 0)}


def test_one_class_that_agrees_is_not_enough_for_an_sdk() -> None:
    assert _told(a_class("La/b;", 20)) == [Origin.UNTOLD]
    assert _told(a_class("Lorg/other/Line;", 20)) == [Origin.OTHER]


def test_the_same_texts_in_other_code_are_not_enough_for_a_class() -> None:
    texts = [a_class(f"La/a{number};", number | 1, texts=1) for number in NUMBERS]
    assert Origin.RENAMED not in _told(*texts)


@pytest.mark.parametrize(
    ("name", "origin"),
    [
        ("Lorg/example/app/Main;", Origin.OWN),
        ("Lorg/example/app/ui/a;", Origin.OWN),
        ("Lorg/example/application/Main;", Origin.OTHER),
        ("La/b/c;", Origin.UNTOLD),
        ("Lc;", Origin.UNTOLD),
        ("Lc$d;", Origin.UNTOLD),
        ("Lorg/other/lI1O0;", Origin.UNTOLD),
        ("Lorg/other/Aa1;", Origin.UNTOLD),
        ("Lorg/other/Log;", Origin.OTHER),
        ("Lorg/other/R$id;", Origin.OTHER),
        ("Lorg/other/Sender;", Origin.OTHER),
        ("LLibs;", Origin.OTHER),
        ("L;", Origin.UNTOLD),
    ],
)
def test_classes_without_features_go_by_their_names(name: str, origin: Origin) -> None:
    assert _told(w.Class(name)) == [origin]


def test_classes_of_the_app_stay_its_own_though_their_content_is_known_unless_their_names_are_short() -> None:
    named = [a_class(f"Lorg/example/app/Line{number};", number) for number in NUMBERS]
    assert set(_told(*named)) == {Origin.OWN}
    short = [a_class(f"Lorg/example/app/a{number - 10};", number) for number in NUMBERS]
    assert set(_told(*short)) == {Origin.RENAMED}


@pytest.mark.parametrize("path", sorted(BUILT.glob("*.apk")), ids=lambda path: path.stem)
def test_no_sdk_is_found_in_the_specimens(path: object) -> None:
    found = origins(specimen(path.stem), Sdks.packaged())  # type: ignore[attr-defined]
    assert {row.origin for row in found.rows} <= {Origin.OWN, Origin.UNTOLD, Origin.OTHER}


def test_no_sdk_is_found_in_classes_made_at_random() -> None:
    classes = [a_class(f"La/b{number};", number, texts=number % 9) for number in range(200)]
    found = origins(app(classes), SHIPPED)
    assert {row.sdk for row in found.rows} == {-1}
    assert not found.met


def test_an_app_without_code_has_no_origins() -> None:
    assert origins(app([]), TABLE) == ((), {})


@pytest.mark.parametrize(("texts", "origin"), [(0, Origin.NAME_ONLY), (1, Origin.NAMED)])
def test_three_features_below_its_packages_make_an_sdk_present_and_two_do_not(texts: int, origin: Origin) -> None:
    known = table([32, 64])  # classes of three texts and no call
    assert (
        _told(a_class("Lorg/lines/A;", 32, texts=2), a_class("Lorg/lines/B;", 64, texts=texts), sdks=known)
        == [origin] * 2
    )


def test_two_classes_can_be_enough_for_an_sdk() -> None:
    known = table([32, 64])
    assert _told(a_class("La/b;", 32), a_class("La/c;", 64), sdks=known) == [Origin.RENAMED] * 2
    assert _told(a_class("La/b;", 32), a_class("La/c;", 64, texts=2), sdks=known) == [Origin.UNTOLD] * 2
