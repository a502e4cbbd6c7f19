"""Every file that the how-to pages show is accepted by the reader it is for, and every field that it knows is named."""

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assay.artefacts.snapshots import open_snapshots
from assay.artefacts.trial import OUTCOMES, ROLES, open_trial
from assay.evidence.naming import read_handset
from assay.findings import examples, rulebook
from assay.model.case import Acquisition, Handset
from assay.model.errors import UsageError
from assay.model.source import BufferSource
from assay.reference.address_databases import AddressDatabase
from assay.reference.models import Models
from assay.reference.models_files import Entry
from assay.reference.planted import PlantedValues
from assay.reference.planted_forms import NOTATIONS
from assay.verdicts import claimbook
from assay.verdicts.claim import Claim, ClaimScope, Condition, Need, Power
from assay.verdicts.standing import Logic

PAGES = Path(__file__).parents[2] / "docs" / "how-to"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
MANIFESTS = "write-a-manifest.md"


def _blocks(language: str) -> Iterator[tuple[str, str]]:
    for page in sorted(PAGES.glob("*.md")):
        for number, (found, block) in enumerate(FENCE.findall(page.read_text("utf-8"))):
            if found == language:
                yield f"{page.name}-{number}", block


def _handset(block: str, folder: Path) -> None:
    (folder / "handset.toml").write_text(block, "utf-8")
    stated = tomllib.loads(block)
    read = read_handset(folder / "handset.toml")
    assert (read.name, read.acquisition.who) == (stated["name"], stated["acquisition"]["who"])


def _snapshots(block: str, _: Path) -> None:
    read = open_snapshots(BufferSource(block.encode()))
    assert not read.problems
    assert [entry.file for entry in read.entries] == [each["file"] for each in tomllib.loads(block)["snapshot"]]


def _trial(block: str, _: Path) -> None:
    read = open_trial(BufferSource(block.encode()))
    assert not read.problems
    assert {"control", "canary"} <= {step.role for step in read.steps}


def _planted(block: str, _: Path) -> None:
    stated = tomllib.loads(block)["value"]
    assert {each.label for each in PlantedValues.parse(block).values} == {each["label"] for each in stated}


def _database(block: str, _: Path) -> None:
    content = next(csv for name, csv in _blocks("csv") if name.startswith(MANIFESTS))
    named = "" if "columns" in tomllib.loads(block) else "start,end,country,kind\n"
    database = AddressDatabase((named + content).encode(), block)
    assert database.name == "alpha"
    assert database.claim("192.0.2.9").country == "DE"
    assert database.claim("198.51.100.200").note == "anycast"


def _with_path(block: str, folder: Path) -> Path:
    """Write the file where its first line says that it lies, and return the folder to give."""
    first = re.match(r"# (\S+\.toml)\n", block)
    assert first, "the first line says where the file lies"
    path = folder / first[1]
    path.parent.mkdir(parents=True)
    path.write_text(block, "utf-8")
    return folder / Path(first[1]).parts[0]


def _rule(block: str, folder: Path) -> None:
    (rule,) = (one for one in rulebook.load([_with_path(block, folder)]) if one.title == tomllib.loads(block)["title"])
    assert list(examples.failures(rule)) == []


def _claim(block: str, folder: Path) -> None:
    claims = claimbook.load(rulebook.load(), [_with_path(block, folder)])
    assert [one.id for one in claims if one.who == tomllib.loads(block)["who"]]


def _models(block: str, _: Path) -> None:
    read = Models.parse([("page", block)])
    assert len(read.all) == sum(
        len(one["methods"].split()) for each in tomllib.loads(block)["class"] for one in each["models"]
    )


READERS: dict[str, Callable[[str, Path], None]] = {
    "assay-handset/1": _handset,
    "assay-snapshots/1": _snapshots,
    "assay-trial/1": _trial,
    "assay-planted/1": _planted,
    "assay-address-database/1": _database,
    "assay-models/1": _models,
}


def _reader(block: str) -> Callable[[str, Path], None]:
    stated = tomllib.loads(block)
    if "schema" in stated:
        return READERS[stated["schema"]]
    return _rule if "query" in stated else _claim


@pytest.mark.parametrize("block", [pytest.param(block, id=name) for name, block in _blocks("toml")])
def test_what_a_page_shows_is_accepted(block: str, tmp_path: Path) -> None:
    _reader(block)(block, tmp_path)


def test_every_schema_a_rule_and_a_claim_are_shown() -> None:
    shown = {_reader(block) for _, block in _blocks("toml")}
    assert shown == {*READERS.values(), _rule, _claim}


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (MANIFESTS, [*Handset.__struct_fields__, *Acquisition.__struct_fields__]),
        (MANIFESTS, ["endpoint", "file", "taken", "status", "parameters", *ROLES, *OUTCOMES, *NOTATIONS]),
        (MANIFESTS, ["id", "package", "profile", "started", "ended", "operator", "configuration_server", "question"]),
        (MANIFESTS, ["name", "as_of", "source", "columns", "start", "end", "country", "kind", "label", "value"]),
        ("write-a-rule.md", ["title", "question", "grade", "query", "does_not_show", "example", "says", "finds"]),
        ("write-a-rule.md", [*rulebook.REQUIRED, *rulebook.OPTIONAL]),
        ("write-a-claim.md", [name for name in Claim.__struct_fields__ if name not in {"id", "sha256"}]),
        ("write-a-claim.md", [*ClaimScope.__struct_fields__, *Condition.__struct_fields__, *Power.__struct_fields__]),
        ("write-a-claim.md", [*Need.__struct_fields__, *Logic]),
        (
            "write-a-model.md",
            [*Entry.__struct_fields__, "class", "names", "models", "field", "key", "above", "reference"],
        ),
    ],
)
def test_every_field_is_named(page: str, words: list[str]) -> None:
    said = (PAGES / page).read_text("utf-8")
    assert [word for word in words if not re.search(rf"\b{re.escape(word)}\b", said)] == []


def test_a_wrong_field_is_refused(tmp_path: Path) -> None:
    (tmp_path / "handset.toml").write_text('schema = "assay-handset/1"\nname = "A"\ncolour = "red"\n', "utf-8")
    with pytest.raises(UsageError, match="colour"):
        read_handset(tmp_path / "handset.toml")
