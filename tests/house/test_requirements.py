"""What is installed is pinned, checked by hash, the same on every Python, and free to use."""

import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import distribution
from typing import Any

import pytest

from tests.house import tree

FOLDER = tree.ROOT / "requirements"
SETS = ("core", "web", "java-view", "build", "test", "dev")
SMALLER = (
    ("core", "web"),
    ("core", "java-view"),
    ("web", "test"),
    ("java-view", "test"),
    ("test", "dev"),
    ("build", "dev"),
)
PIN = re.compile(r"^([a-z0-9-]+)==([^\s;]+)(?: ; (.+?))?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n", re.MULTILINE)
COPYLEFT = re.compile(r"\bA?GPL|Affero|GNU General Public", re.IGNORECASE)


def text(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def pins(content: str) -> set[tuple[str, str, str]]:
    """Return (name, version, marker) of every pinned package that has at least one hash."""
    return {(name, version, marker) for name, version, marker, _ in PIN.findall(content)}


def versions(name: str) -> set[tuple[str, str]]:
    return {(package, version) for package, version, _ in pins(text(name))}


def project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((tree.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def names(required: Iterable[str]) -> set[str]:
    return {re.split(r"[^\w-]", each)[0].replace("_", "-").lower() for each in required}


def declared(extra: str = "") -> set[str]:
    return names(project()["optional-dependencies"][extra] if extra else project()["dependencies"])


@pytest.mark.parametrize("name", SETS)
def test_a_set_consists_of_pins_with_hashes_and_nothing_else(name: str) -> None:
    assert PIN.sub("", text(name)) == ""
    assert pins(text(name))


def test_the_check_sees_a_pin_without_hash_and_an_address() -> None:
    assert pins("numpy==2.0\n") == set()
    assert PIN.sub("", "--index https://index.test/simple\n") != ""


@pytest.mark.parametrize(("smaller", "larger"), SMALLER)
def test_a_larger_set_holds_the_pins_of_the_smaller(smaller: str, larger: str) -> None:
    assert versions(smaller) <= versions(larger)


def test_every_declared_dependency_is_pinned() -> None:
    assert declared() <= {name for name, _, _ in pins(text("core"))}


@pytest.mark.parametrize("extra", project()["optional-dependencies"])
def test_every_dependency_of_an_extra_is_pinned_and_not_forced_on_those_without_it(extra: str) -> None:
    assert declared(extra) <= {name for name, _, _ in pins(text(extra))}
    assert declared(extra).isdisjoint(name for name, _, _ in pins(text("core")))


def test_no_package_of_the_bench_is_under_a_licence_that_binds_the_bench() -> None:
    bound = []
    for name, _, marker in sorted(pins(text("core")) | pins(text("web")) | pins(text("java-view"))):
        if "sys_platform == 'win32'" in marker:
            continue
        metadata = distribution(name).metadata.json
        terms = str(metadata.get("license_expression") or metadata.get("classifier"))
        if COPYLEFT.search(terms):
            bound.append((name, terms))
    assert bound == []


def explained() -> set[str]:
    page = (tree.ROOT / "docs" / "explanation" / "dependencies.md").read_text(encoding="utf-8")
    rows = (line.split("|")[1] for line in page.splitlines() if re.match(r"\| [a-z]", line) and "licence" not in line)
    return {name.strip().replace("_", "-") for row in rows for name in row.split(",")}


def test_every_declared_dependency_has_its_reason_and_no_other() -> None:
    assert explained() == declared().union(*map(declared, project()["optional-dependencies"]))
