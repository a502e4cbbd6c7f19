"""A term of the field has one meaning, written down once, and the records carry those names."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import tree

TERMS = tree.ROOT / "docs" / "explanation" / "terms.md"
HEADING = re.compile(r"^#{2,4} +(.+?) *$", re.MULTILINE)
OF_THE_FIELD = (
    "acquisition",
    "adequacy",
    "artefact",
    "as-of date",
    "case",
    "claim",
    "coverage",
    "custody",
    "exhibit",
    "fact",
    "finding",
    "gate",
    "handset",
    "locator",
    "match site",
    "occurrence",
    "planted value",
    "profile",
    "recipient",
    "term list",
    "third country",
    "transfer",
    "verdict",
)


def key(name: str) -> str:
    """Return a name as it is compared: letters only, in lower case, so that TermList and "term list" are one."""
    return re.sub(r"[^a-z]", "", name.lower())


def defined(content: str) -> Counter[str]:
    """Return how often each term has a heading; a heading may name several: `## Claim, claimbook`."""
    return Counter(key(name) for heading in HEADING.findall(content) for name in re.split(r",| · ", heading))


def public_records(module: ast.Module) -> Iterator[str]:
    """Yield the public classes of a module that are not exceptions: the things the bench speaks of."""
    for node in module.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            bases = " ".join(ast.unparse(base) for base in node.bases)
            if not re.search(r"(Exception|Error)\b", bases):
                yield node.name


@pytest.fixture(scope="module")
def terms() -> Counter[str]:
    return defined(TERMS.read_text(encoding="utf-8"))


def _records(folder: Path) -> list[str]:
    modules = tree.modules(under=folder)
    return [name for path, module in modules if path.stem != "errors" for name in public_records(module)]


@pytest.mark.parametrize("stage", ["model", "vocabulary"])
def test_every_record_of_the_stages_is_defined(terms: Counter[str], stage: str) -> None:
    records = _records(tree.SOURCE / stage)
    assert records
    assert [name for name in records if key(name) not in terms] == []


def test_every_term_of_the_field_is_defined(terms: Counter[str]) -> None:
    assert [term for term in OF_THE_FIELD if key(term) not in terms] == []


def test_no_term_is_defined_twice(terms: Counter[str]) -> None:
    assert [term for term, count in terms.items() if count > 1] == []


def test_headings_and_class_names_meet() -> None:
    assert defined("## Term list\n\ntext\n\n### Claim, claimbook\n")[key("TermList")] == 1
    assert list(public_records(ast.parse("class A: ...\nclass _B: ...\nclass C(ValueError): ..."))) == ["A"]
