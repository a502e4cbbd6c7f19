"""Rows of SDKs and shares: counts add up, and each way of knowing an SDK has its own row."""

from typing import Any

from assay.facts.sdk_uses import sdk_uses
from assay.vocabulary.sdks import CodeShare, SdkUse
from tests.applications.apps import specimen
from tests.applications.code_written import a_class, app, table

NUMBERS = range(16, 26)
TABLE = table(NUMBERS)


class _Base:
    """An archive of which nothing is asked but its digest and its manifest."""

    sha256 = "00" * 32

    class document:  # noqa: N801 - stands where an attribute does
        class manifest:  # noqa: N801
            components = ()


def _rows(record: type[Any]) -> list[Any]:
    classes = [a_class(f"La/{letter};", number) for letter, number in zip("bcdefghijk", NUMBERS, strict=True)]
    classes += [a_class("Lorg/silent/A;", 3, texts=1), a_class("Lorg/example/app/Main;", 5, texts=1)]
    found = list(sdk_uses(app(classes, archives=[_Base()]), sdks=TABLE))
    assert {one.artefact for one in found} == {_Base.sha256}
    return [one.row for one in found if isinstance(one.row, record)]


def test_an_sdk_that_was_renamed_and_one_that_is_only_named_have_rows() -> None:
    renamed, silent = _rows(SdkUse)
    assert (renamed.sdk, renamed.how, renamed.classes, renamed.versions) == ("lines", "renamed", 10, ("1.0",))
    assert renamed.features == renamed.known_features == TABLE.sizes[0]
    assert (renamed.as_of, renamed.verified) == ("2026-01-02", "verified")
    assert (silent.sdk, silent.how, silent.classes) == ("silent", "name only", 1)
    assert (silent.features, silent.known_features, silent.versions) == (0, 0, ())


def test_shares_are_all_of_the_code() -> None:
    shares = {row.origin: row for row in _rows(CodeShare)}
    assert list(shares) == ["own", "named", "renamed", "name only", "could not tell: renamed code", "other named code"]
    assert sum(row.classes for row in shares.values()) == 12
    calls = sum((number & 31).bit_count() for number in NUMBERS)
    assert shares["renamed"].instructions == calls + 10 * (3 + 1)
    assert shares["own"].instructions == 2 + 1 + 1  # two calls, a text, the return
    total = sum(row.instructions for row in shares.values())
    assert shares["renamed"].per_mille == 1000 * shares["renamed"].instructions // total


def test_a_specimen_is_its_own_code() -> None:
    rows: list[Any] = [one.row for one in sdk_uses(specimen("notes-g1"), sdks=TABLE)]
    assert [(row.origin, row.per_mille) for row in rows if row.instructions] == [("own", 1000)]
    assert not [row for row in rows if isinstance(row, SdkUse)]


def test_an_app_without_code_has_no_rows() -> None:
    assert list(sdk_uses(app([], archives=[_Base()]), sdks=TABLE)) == []
