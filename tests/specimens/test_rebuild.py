import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
TOOLS = ("javac", "aapt", "zipalign", "apksigner", "proguard", "aarch64-linux-gnu-as")
D8 = HERE.parents[1] / "build" / "specimens" / "tools" / "d8.jar"


def missing() -> list[str]:
    return [tool for tool in TOOLS if shutil.which(tool) is None] + ([] if D8.exists() else ["d8.jar"])


@pytest.mark.skipif("ASSAY_REBUILD" not in os.environ, reason="rebuilding takes a minute; ASSAY_REBUILD=1 asks for it")
def test_the_sources_give_the_committed_packages_byte_for_byte() -> None:
    if missing():
        pytest.skip(f"not here: {', '.join(missing())}; `make specimens` fetches them")
    result = subprocess.run([HERE / "build.sh", "--check"], capture_output=True, text=True, timeout=300, check=False)
    assert result.returncode == 0, result.stderr
