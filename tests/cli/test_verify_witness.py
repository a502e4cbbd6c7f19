"""The command says whether a witness holds, and leaves with the checker's own exit code."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from assay.cli.verify_witness import verify_witness
from tests.evidence.hand_witnesses import BUILT, dialer


@pytest.mark.parametrize(("shift", "expected"), [(0, 0), (1, 5)])
def test_the_exit_code_is_the_checkers(shift: int, expected: int, tmp_path: Path) -> None:
    trails = dialer()
    trails["outcome"][1]["register"] += shift
    path = tmp_path / "witness.json"
    path.write_text(json.dumps({"trails": trails}), encoding="utf-8")
    done = CliRunner().invoke(verify_witness, [str(path), str(BUILT / "dialer.apk"), "--json"], standalone_mode=False)
    said = json.loads(done.output)
    assert (done.return_value, said["exit_code"], said["holds"]) == (expected, expected, expected == 0)
