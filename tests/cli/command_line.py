"""The command line as a stranger types it."""

import json
import subprocess
import sys
from pathlib import Path

HAR = '{"log": {"version": "1.2", "entries": [{"startedDateTime": "2021-09-21T08:00:00Z", "request": {"method": "GET",'


WORDS = ["amber kettle", "blue lantern", "copper", "driftwood", "elm", "fern", "garnet", "heron", "ivory", "juniper"]


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "assay.cli.main", *arguments]


def assay(cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), cwd=cwd, capture_output=True, text=True, check=False, timeout=300)


def words(path: Path) -> None:
    path.write_text(json.dumps({"words": WORDS}))
