"""What is installed is what stands in the source tree: code, rules, claims, tables, templates and the demo."""

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.house import tree


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=tree.ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("assay/")}
    source = tree.SOURCE.parent
    assert packed == {path.relative_to(source).as_posix() for path in tree.files() if path.is_relative_to(source)}
