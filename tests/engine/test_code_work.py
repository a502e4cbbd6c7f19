"""Whatever becomes of the way from files to columns, no process is left behind."""

import signal
from pathlib import Path

import pytest

import assay
from assay.engine import code_work
from assay.engine import open_code as module
from assay.engine.forked import ForkServer
from assay.model.errors import SandboxError


def test_no_process_is_left_where_workers_cannot_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[ForkServer] = []

    class Counted(ForkServer):
        def __init__(self) -> None:
            super().__init__()
            begun.append(self)

    def refused(*_: object, **__: object) -> None:
        raise SandboxError("the sandbox of the workers", "missing", "Accept it.")

    monkeypatch.setattr(module, "ForkServer", Counted)
    monkeypatch.setattr(code_work, "Pool", refused)
    (tmp_path / "file").write_bytes(b"of any content")
    with pytest.raises(SandboxError):
        assay.open_code(tmp_path / "file", cache=tmp_path / "cache")
    assert [one._process.returncode for one in begun] == [-signal.SIGKILL]
