"""Code of each handset: sums over DEX files and apps, shares that say when there is no app, SDKs by size."""

from typing import Any

import pytest

from assay.reports.sections.code import ORIGINS, SDKS_SHOWN, Code, code
from assay.vocabulary.code import CodeIndex
from assay.vocabulary.containers import ForeignCode
from assay.vocabulary.sdks import CodeShare, SdkUse
from tests.reports import case_rows

NAMES = ("A", "B")


def index(bodies: int, instructions: int) -> CodeIndex:
    others = {name for name in CodeIndex.__struct_fields__ if name not in {"place", "version", "index_sha256"}}
    counts: Any = dict.fromkeys(others, 0) | {"bodies": bodies, "instructions": instructions}
    return CodeIndex(version="035", index_sha256="0" * 64, **counts)


def share(origin: str, instructions: int, package: str = "org.example.a") -> CodeShare:
    return CodeShare(package=package, origin=origin, classes=1, instructions=instructions, per_mille=0)


def use(sdk: str, instructions: int, package: str = "org.example.a", how: str = "named") -> SdkUse:
    return SdkUse(
        package=package, sdk=sdk, name=sdk.title(), publisher="Example", category="push", how=how, classes=1,
        instructions=instructions, features=1, known_features=2, versions=(), as_of="2026-01-02", verified="verified",
    )  # fmt: skip


def section(*rows: tuple[str, str, Any]) -> Code:
    made = case_rows.Rows()
    for path, handset, fact in rows:
        made.add(made.artefact(path, handset, kind="apk"), fact)
    return code(made.database(), NAMES)


def test_numbers_are_summed_over_the_files_of_a_handset() -> None:
    found = section(("a.dex", "A", index(2, 30)), ("b.dex", "A", index(3, 40)),
                    ("c.abc", "B", ForeignCode(form="x", version="", states="", reason="y")))  # fmt: skip
    values = {row.label: row.values for row in found.counts}
    assert values["DEX files"] == (2, 0)
    assert values["methods with code"] == (5, 0)
    assert values["instructions"] == (70, 0)
    assert values["files of code that are not examined"] == (0, 1)
    assert values["native libraries"] == values["script bundles"] == (0, 0)


def test_shares_are_of_all_apps_of_a_handset_and_none_without_apps() -> None:
    found = section(("a.apk", "A", share("own", 250)), ("b.apk", "A", share("named", 750, "org.example.b")))
    assert [row.label for row in found.shares] == [label for _, label in ORIGINS]
    assert [row.values for row in found.shares] == [(250, None), (750, None), *[(0, None)] * 4]


def test_sdks_come_by_size_with_how_they_were_told() -> None:
    found = section(
        ("a.apk", "A", use("small", 5)), ("b.apk", "A", use("large", 50)),
        ("c.apk", "A", use("large", 50, "org.example.b")), ("d.apk", "B", use("large", 50, how="renamed")),
    )  # fmt: skip
    assert [(row.name, row.values) for row in found.sdks] == [
        ("Large", ("named in 2 apps", "renamed in 1 app")), ("Small", ("named in 1 app", "")),
    ]  # fmt: skip


@pytest.mark.parametrize("more", [0, 1])
def test_sdks_beyond_the_limit_are_counted(more: int) -> None:
    rows = [(f"{number}.apk", "A", use(f"sdk{number:03}", number + 1)) for number in range(SDKS_SHOWN + more)]
    found = section(*rows)
    assert (len(found.sdks), found.left_out) == (SDKS_SHOWN, more)
