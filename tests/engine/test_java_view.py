"""The Java-like view: what it shows, and the reason where it shows nothing."""

import tempfile
from pathlib import Path

import pytest

from assay.engine import java_view as module
from assay.engine import java_worker
from assay.engine.java_view import ABOVE, JavaView, java_lines, java_view
from assay.engine.records import MethodCode
from assay.engine.sandbox.level import Level, available
from tests.bytecode import dex_writer as w

OWNER = "Lorg/example/Sum;"
ADD = w.MethodId(OWNER, "add", w.Proto("I", ("I", "I")))
FULL = available(1 << 30).level == Level.FULL

pytest.importorskip("androguard", reason="the library of the extra java-view")
closed_in = pytest.mark.skipif(not FULL, reason="this machine cannot close a process in")


def dex(code: list[w.Unit]) -> bytes:
    return bytes(w.write([w.Class(OWNER, [w.Method(ADD, code, registers=2)])]))


def sound() -> bytes:
    return dex([0x0090, 0x0100, 0x000F])  # add-int v0, v0, v1; return v0


@closed_in
def test_a_method_is_shown_beside_its_name() -> None:
    lines = java_lines(MethodCode(dex=sound(), method=0))
    assert lines[0] == ABOVE
    assert "not evidence" in ABOVE
    assert any("int add(int" in line for line in lines)
    assert any("return" in line for line in lines)


@closed_in
def test_a_method_that_the_library_does_not_find() -> None:
    assert "does not find" in java_view(sound(), 99).reason


@closed_in
def test_a_file_that_the_library_cannot_read() -> None:
    assert java_view(sound()[:40], 0).reason == "the library failed on this method"


def test_a_deadline() -> None:
    assert java_view(sound(), 0, seconds=0.05).reason == "the library took too long"


@closed_in
def test_too_little_memory() -> None:
    """What the process has when it is closed in stays; a million bytes more do not hold a file of three million."""
    strings = [f"{n:06} {'x' * 90}" for n in range(30_000)]
    raw = w.write([w.Class(OWNER, [w.Method(ADD, [0x000F], registers=2)])], strings)
    large = bytes(raw)
    assert java_view(large, 0, memory=1 << 20).reason == f"it needs more than {module.MEMORY >> 20} MiB of memory"


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LIBRARY", "no_such_library_of_ours")
    assert java_lines(MethodCode(dex=sound(), method=0)) == [
        "no Java view: not installed: it comes with the extra assay[java-view]"
    ]


def test_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_DEX_BYTES", len(sound()) - 1)
    assert "more than" in java_view(sound(), 0).reason
    monkeypatch.setattr(module, "MOST_DEX_BYTES", len(sound()))
    assert "more than 0 MiB" not in java_view(sound(), 0, seconds=0.05).reason


def test_without_a_sandbox_nothing_is_read() -> None:
    assert module._view(b"", java_worker.NOT_CLOSED_IN, late=False).reason.startswith("this machine cannot close in")


def test_text_of_the_library_is_made_printable_and_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_LINES", 2)
    shown = module._view("a\u202e\x1b[2J\n".encode() + b"\xff\n" + b"x\n", 0, late=False)
    assert shown == JavaView(("a\\u202e\\u001b[2J", "\ufffd", "… 1 lines more"))
    long = module._view(b"y" * (module.MOST_LINE + 1), 0, late=False)
    assert long.lines == ("y" * module.MOST_LINE + "…",)
    limit = module.MOST_TEXT_BYTES
    assert module._view(b"z" * limit, 0, late=False).reason == ""
    assert module._view(b"z" * (limit + 1), 0, late=False).reason == f"it has more than {limit} bytes"


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    java_view(sound(), 0, seconds=0.05)
    assert list(tmp_path.iterdir()) == []
