"""Handsets stand side by side: unknown stays empty, and the same version need not be the same bytes."""

from assay.reports.sections.handsets import packages, properties
from assay.vocabulary.packages import Package
from tests.reports import case_rows

NAMES = ("A", "B")


def package(version: str) -> Package:
    return Package(
        package="org.example.a", version_name=version, version_code=1, label="", min_sdk=None, target_sdk=None,
        shared_uid="", debuggable=False, cleartext=None, backup=None, split="", dex_files=0,
    )  # fmt: skip


def test_the_same_bytes_are_said_to_be_the_same_and_other_bytes_of_one_version_are_not() -> None:
    for paths, same in ((("x.apk", "x.apk"), True), (("x.apk", "y.apk"), False)):
        rows = case_rows.Rows()
        for name, path in zip(NAMES, paths, strict=True):
            rows.add(rows.artefact(path, name, kind="apk"), package("1.2"))
        (row,) = packages(rows.database(), NAMES)
        assert (row.versions, row.same) == ((("1.2 (1)",), ("1.2 (1)",)), same)


def test_a_package_of_one_handset_is_empty_on_the_other() -> None:
    rows = case_rows.Rows()
    rows.add(rows.artefact("x.apk", "B", kind="apk"), package("1.2"))
    (row,) = packages(rows.database(), NAMES)
    assert (row.versions, row.same) == (((), ("1.2 (1)",)), False)


def test_properties_come_in_the_order_of_handsets_and_unknown_is_empty() -> None:
    found = {row.label: row.values for row in properties(case_rows.handsets(NAMES))}
    assert found["Model"] == ("S0", "S1")
    assert found["Acquired by"] == ("", "A. Example")
