"""The witnesses of a case: shown, written out, and checked in the bytes of its exhibits."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

from assay.engine import witnesses, work
from assay.engine.executors import Choices
from assay.engine.explain import Explainer
from assay.engine.eyes import Eyes, eyes
from assay.engine.given import Files
from assay.evidence import intake, witness_check
from assay.evidence.case_folder import CaseFolder
from assay.findings.database import Database
from assay.model.errors import UsageError
from tests.evidence.hand_witnesses import BUILT, dialer

APK = BUILT / "dialer.apk"


class Examined(NamedTuple):
    database: Database
    seeing: Eyes
    explainer: Explainer
    comparison: str


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterable[Examined]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSAY_CACHE", str(tmp_path_factory.mktemp("cache")))
        root = tmp_path_factory.mktemp("case") / "case"
        work.take(root, intake.understand([str(APK)]), Files(), quiet=True)
        folder = CaseFolder.open(root)
        results = work.run(folder, Choices(executor="serial"), quiet=True).results
        rows = results.database.query("SELECT comparison FROM comparison WHERE text_origin = 'sms' ORDER BY ALL")
        with eyes(folder, Choices(executor="serial")) as seeing:
            yield Examined(results.database, seeing, Explainer(folder, results, seeing), str(rows[0]["comparison"]))


def test_a_witness_of_the_facts_is_the_one_written_by_hand(case: Examined) -> None:
    (witness,) = witnesses.witnesses(case.database, case.comparison)
    assert witness.trails["text"] == dialer()["text"]
    assert all("comparison" not in step for steps in witness.trails.values() for step in steps)


def test_what_is_written_out_holds_for_the_checker_alone(case: Examined, tmp_path: Path) -> None:
    path = tmp_path / "witness.json"
    path.write_bytes(witnesses.known(case.database, case.comparison)[0].exported())
    code, sentence = witness_check.examine(str(path), str(APK))
    assert (code, "steps hold" in sentence) == (0, True)
    changed = json.loads(path.read_bytes())
    changed["trails"]["text"][0]["to"] += 1
    path.write_text(json.dumps(changed), encoding="utf-8")
    assert witness_check.examine(str(path), str(APK))[0] == 5


def test_it_is_checked_in_the_exhibits(case: Examined) -> None:
    code, sentence = witnesses.check(case.database, case.seeing, case.comparison)
    assert (code, sentence.startswith(f"{case.comparison}: all ")) == (0, True)


def test_a_row_that_was_changed_does_not_hold(case: Examined, monkeypatch: pytest.MonkeyPatch) -> None:
    (witness,) = witnesses.witnesses(case.database, case.comparison)
    monkeypatch.setattr(witnesses, "witnesses", lambda *_: [witness])
    witness.trails["list"][0]["code_offset"] += 1
    assert witnesses.check(case.database, case.seeing, case.comparison)[0] == 5
    for step in witness.trails["list"]:
        step["dex"] = "0" * 64
    assert witnesses.check(case.database, case.seeing, case.comparison)[0] == 3


def test_what_has_no_witness_is_said(case: Examined) -> None:
    with pytest.raises(UsageError, match="no witness"):
        witnesses.check(case.database, case.seeing, "c-0000000000000000")
    with pytest.raises(UsageError):
        list(case.explainer.explain("c-0000000000000000"))


def test_it_is_explained_leg_by_leg(case: Examined) -> None:
    told = "\n".join(case.explainer.explain(case.comparison))
    assert f"text, {len(dialer()['text'])} steps" in told
    assert "SmsReceiver;->onReceive(Landroid/content/Context;Landroid/content/Intent;)V +0x2b  source" in told
    assert f"{case.comparison} --export witness.json" in told
    assert "outcome:" in told
