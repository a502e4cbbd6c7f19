"""Set-up of the whole suite: compiled kernels, hypothesis profiles, an account of the tests that were not run."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.house.real_apks import is_whole, packages

BUILD = Path(__file__).parents[1] / "build"
REAL_APKS = BUILD / "apks"
MUTATIONS = {"ci": 300, "dev": 300, "fuzz": 20_000}

# A slow machine must not turn a true property into a failure, so no profile has a deadline.
_SLOW = (HealthCheck.too_slow,)
settings.register_profile("ci", derandomize=True, deadline=None, database=None, suppress_health_check=_SLOW)
settings.register_profile("dev", deadline=None, suppress_health_check=_SLOW)
settings.register_profile("fuzz", deadline=None, max_examples=5_000, print_blob=True, suppress_health_check=_SLOW)

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev")
settings.load_profile(PROFILE)

os.environ.setdefault("NUMBA_CACHE_DIR", str(BUILD / "kernels"))
"""One folder of compiled kernels for the whole suite and all that it starts, set before numba is imported."""


def pytest_configure(config: pytest.Config) -> None:
    """Compile the kernels once, before several processes would do it at the same time."""
    if not hasattr(config, "workerinput"):
        (BUILD / "kernels").mkdir(parents=True, exist_ok=True)
        program = "from assay.engine import kernels; kernels.prepare()"
        subprocess.run([sys.executable, "-c", program], check=True)


@pytest.fixture(scope="session")
def mutations() -> int:
    """The number of seeded mutations that a test marked `mutation` tries."""
    return MUTATIONS[PROFILE]


@pytest.fixture(scope="session")
def real_apk() -> Callable[[str], Path]:
    """Return the path of a real application by its name in tests/house/real_apks.toml, or skip where it is not here."""
    applications = {each.name: each for package in packages() for each in package.applications}

    def path_of(name: str) -> Path:
        path = REAL_APKS / name
        if not is_whole(path, applications[name].sha256):
            pytest.skip(f"{name} is not here; `make apks` fetches it")
        return path

    return path_of


def pytest_report_header() -> str:
    return f"hypothesis profile of the suite: {PROFILE}"


def _reasons(terminalreporter: pytest.TerminalReporter) -> Iterator[str]:
    for report in terminalreporter.stats.get("skipped", []):
        match report.longrepr:
            case (_, _, reason):
                yield str(reason).removeprefix("Skipped: ")
            case _:
                yield str(report.longrepr)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons = Counter(_reasons(terminalreporter))
    terminalreporter.write_sep("=", f"not run: {reasons.total()}")
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"{count:5d}  {reason}")
