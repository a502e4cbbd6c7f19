"""The examples in the how-to pages are files that the bench accepts."""

import re
from pathlib import Path

from assay.artefacts.snapshots import open_snapshots
from assay.artefacts.trial import open_trial
from assay.findings import examples, rulebook
from assay.findings.database import Database
from assay.findings.datafiles import read
from assay.model.source import BufferSource
from assay.reference.planted import PlantedValues
from assay.verdicts import claimbook

PAGES = Path(__file__).parents[2] / "docs" / "how-to"


def toml(page: str, mark: str) -> str:
    """Return the TOML block of a page that holds `mark`."""
    content = (PAGES / page).read_text(encoding="utf-8")
    (block,) = [block for block in re.findall(r"```toml\n(.*?)```", content, re.DOTALL) if mark in block]
    return str(block)


def test_the_rule_holds_for_its_own_examples(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "long-list.toml").write_text(toml("write-a-rule.md", "[[example]]"), encoding="utf-8")
    (rule,) = rulebook.rules_in(tmp_path, Database.over({}))
    assert rule.id == "lists/long-list"
    assert list(examples.failures(rule)) == []


def test_the_claim_is_one_that_the_claimbook_takes(tmp_path: Path) -> None:
    (tmp_path / "agency-2021").mkdir()
    example = tmp_path / "agency-2021" / "list-downloaded.toml"
    example.write_text(toml("write-a-claim.md", "[[supports]]"), encoding="utf-8")
    (claim,) = claimbook.claims_in(tmp_path, {rule.id for rule in rulebook.load()})
    assert claim.id == "agency-2021/list-downloaded"
    assert len(list(read(tmp_path))) == 1


def test_the_planted_values_can_be_looked_for() -> None:
    assert len(PlantedValues.parse(toml("check-a-har.md", "assay-planted/1")).values) == 2


def test_the_snapshots_and_the_trial_are_read_without_a_problem() -> None:
    snapshots = open_snapshots(BufferSource(toml("add-evidence.md", "assay-snapshots/1").encode()))
    trial = open_trial(BufferSource(toml("add-evidence.md", "assay-trial/1").encode()))
    assert (list(snapshots.problems), list(trial.problems)) == ([], [])
