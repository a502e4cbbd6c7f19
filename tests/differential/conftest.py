"""An archive by its name: a specimen, or a real one where it was fetched."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.differential.material import SPECIMENS


@pytest.fixture
def archive(request: pytest.FixtureRequest, real_apk: Callable[[str], Path]) -> Path:
    name = request.param
    return SPECIMENS[name] if name in SPECIMENS else real_apk(name)
