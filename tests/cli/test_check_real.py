"""Real applications of others, none of which carries a list of words: read whole, and nothing claimed of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assay.engine import work
from assay.engine.executors import Choices
from assay.engine.given import Files
from assay.engine.work import Worked
from assay.evidence import intake
from tests.cli.bench_run import rows

NAMES = ("uiautomator2.apk", "appium-settings.apk", "appium-uiautomator2-server.apk", "uiautomator2.jar")


@pytest.fixture(scope="module")
def real(real_apk: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Worked:
    evidence = intake.understand([str(real_apk(name)) for name in NAMES])
    case = work.take(tmp_path_factory.mktemp("real") / "case", evidence, Files(), quiet=True)
    return work.run(case, Choices(executor="serial"), quiet=True)


def test_every_application_and_every_code_file_is_read(real: Worked) -> None:
    assert real.unreadable == 0
    assert len(rows(real, "SELECT DISTINCT package FROM package")) == 3
    failed = rows(real, "SELECT DISTINCT analyser, reason FROM coverage WHERE outcome = 'failed'")
    assert failed == []
    code = rows(real, "SELECT count(*) AS n FROM artefact WHERE kind = 'dex'")
    assert code == rows(real, "SELECT count(DISTINCT artefact) AS n FROM code_index")


def test_none_of_them_is_said_to_carry_a_list(real: Worked) -> None:
    found = {finding.rule for finding in real.results.findings}
    assert not {rule for rule in found if rule.startswith(("lists/", "trials/", "traffic/"))}


def test_claims_on_other_handsets_are_not_decided_by_them(real: Worked) -> None:
    decided = {
        verdict.claim for verdict in real.results.verdicts if str(verdict.standing) in ("supported", "contradicted")
    }
    assert decided == set()
