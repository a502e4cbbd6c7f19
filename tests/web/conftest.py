"""A small case whose evidence is hostile to a page, run once, and its served pages without a socket."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assay.engine import work
from assay.engine.executors import Choices
from assay.engine.explain import Explainer
from assay.engine.eyes import eyes
from assay.engine.given import Files
from assay.evidence import intake
from assay.evidence.case_folder import CaseFolder
from assay.reports.results import CaseResults
from assay.web.application import application
from assay.web.explanation import known_ids
from assay.web.guard import Guard
from assay.web.report_folder import ReportFolder
from assay.web.session import Session

HOSTILE = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "סוד\u202etxt.exe", "{{ 7 * 7 }}", "%2e%2e/x")
WORDS = [*HOSTILE, *(f"invented word {number}" for number in range(40))]
PORT = 8765
SESSION = Session(port=PORT, token="the-token", cookie="the-cookie")
BASE = f"http://127.0.0.1:{PORT}"


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a case that was run."""
    folder = tmp_path_factory.mktemp("served")
    evidence = folder / "evidence"
    evidence.mkdir()
    (evidence / "<b>words.json").write_text(json.dumps({"words": WORDS}), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSAY_CACHE", str(folder / "cache"))
        nothing = Files(planted=None, databases=(), profiles=(), rules=(), claims=())
        work.take(folder / "case", intake.understand([f"<i>Phone</i>={evidence}"]), nothing, quiet=True)
        work.run(CaseFolder.open(folder / "case"), Choices(executor="serial"), quiet=True)
    (folder / "case" / "report" / "link.csv").symlink_to(folder / "case" / "case.toml")
    return folder / "case"


@pytest.fixture(scope="session")
def results(case: Path) -> CaseResults:
    """Return the results of the case."""
    return work.results(CaseFolder.open(case))


@pytest.fixture(scope="session")
def served(case: Path, results: CaseResults) -> Iterator[Guard]:
    """Give the guarded application over the case, which looks at evidence in this process."""
    folder = CaseFolder.open(case)
    with eyes(folder, Choices(executor="serial")) as seeing:
        explain = Explainer(folder, results, seeing).explain
        yield Guard(application(ReportFolder.at(case), explain, known_ids(results), results.title), SESSION)


@pytest.fixture
def stranger(served: Guard) -> TestClient:
    """Return a client without the cookie; it does not follow redirects."""
    return TestClient(served, BASE, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def client(stranger: TestClient) -> TestClient:
    """Return a client that opened the printed address."""
    stranger.get(SESSION.start_path)
    return stranger
