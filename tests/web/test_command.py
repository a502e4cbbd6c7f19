"""``assay serve`` as somebody meets it: listed with or without its extra, and clear about what it will not do."""

import json
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from assay.model.errors import ExitCode, UsageError
from assay.web import command
from assay.web.command import serve

WITHOUT_EXTRA = """
import sys
sys.modules["starlette"] = sys.modules["uvicorn"] = None
import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name in {"starlette", "uvicorn"} else found(name, package)
from assay.cli.main import main
sys.argv = ["assay", *sys.argv[1:]]
main()
"""


def _without_extra(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_EXTRA, *arguments], capture_output=True, text=True, check=False
    )


def test_the_command_line_finds_it_by_its_entry_point() -> None:
    (found,) = [one for one in entry_points(group="assay.commands") if one.name == "serve"]
    assert found.load() is serve


def test_without_the_extra_it_is_listed_and_says_what_to_install() -> None:
    assert "serve" in _without_extra("--help").stdout
    done = _without_extra("serve", "case", "--json")
    assert done.returncode == ExitCode.USAGE
    assert "assay serve: the extra `web` is not installed" in done.stderr
    assert "pip install 'assay[web]'" in done.stderr
    assert json.loads(done.stdout)["exit_code"] == 2


def test_the_command_does_not_load_a_server_before_it_is_given() -> None:
    loaded = "import sys, assay.web.command; sys.exit(bool({'starlette', 'uvicorn'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0


def test_help_opens_with_a_sentence_and_gives_three_examples() -> None:
    text = CliRunner().invoke(serve, ["--help"]).output
    assert text.count("assay serve ") >= 3
    assert text.splitlines()[2].strip().startswith("Show the report of a case")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "::1", "192.0.2.1", "localhost", "example.test", ""])
def test_no_other_address_is_served(host: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"only 127\.0\.0\.1 is served: other machines would need TLS and accounts"):
        serve.main(["--host", host, str(tmp_path)], standalone_mode=False)


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_is_a_port(port: str) -> None:
    with pytest.raises(click.BadParameter, match=port):
        serve.main(["--port", port, "case"], standalone_mode=False)


def test_only_the_packages_that_miss_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None if name == "uvicorn" else object())
    with pytest.raises(UsageError, match=r"\(uvicorn missing\)"):
        serve.main([str(tmp_path)], standalone_mode=False)
