"""What gatebench says where a tool is missing."""

import sys

import pytest

import benchmarks.gatebench.__main__ as command
from benchmarks.gatebench import toolchain


def test_missing_tools_are_named_with_the_packages_that_bring_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(toolchain, "PACKAGES", {"no-such-tool": "no-such-package", "/no/such/file": "another"})
    monkeypatch.setattr(sys, "argv", ["gatebench", "--apps", "2"])
    assert command.main() == command.UNUSABLE == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "gatebench: no-such-tool, /no/such/file not found. "
        "On Debian and Ubuntu: apt-get install another no-such-package\n"
    )


def test_a_tool_that_fails_is_quoted() -> None:
    with pytest.raises(toolchain.Failed, match="broken"):
        toolchain.run([sys.executable, "-c", "import sys; sys.exit('broken')"])


def test_digests_tell_apart_what_is_joined_differently() -> None:
    assert toolchain.digest([b"ab", b"c"]) != toolchain.digest([b"a", b"bc"])
    assert toolchain.digest([b"ab", b"c"]) == toolchain.digest(iter([b"ab", b"c"]))
