"""Options that several commands share, and what they mean to the engine."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from assay.engine.executors import MIB, Choices
from assay.engine.given import Files

C = TypeVar("C", bound=Callable[..., Any])

PATH = click.Path(path_type=Path)
FOLDER = click.Path(path_type=Path, file_okay=False)
PRESENT_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)
CASE = click.argument("case", type=FOLDER, metavar="CASE")
JSON = click.option("--json", "as_json", is_flag=True, help="Print results as JSON on standard output.")
OWN_RULES = click.option(
    "--rules",
    "rule_folders",
    type=PRESENT_FOLDER,
    multiple=True,
    metavar="FOLDER",
    help="Rules of your own. Repeatable.",
)
OWN_CLAIMS = click.option(
    "--claims",
    "claim_folders",
    type=PRESENT_FOLDER,
    multiple=True,
    metavar="FOLDER",
    help="Claims of your own. Repeatable.",
)
ALLOW_UNSANDBOXED = click.option(
    "--allow-unsandboxed",
    is_flag=True,
    help="Work on evidence even where workers cannot be fully closed in; the run record says so.",
)


def given_options(command: C) -> C:
    """Add the options for what is given beside the evidence."""
    for option in (
        click.option(
            "--profile",
            "profiles",
            multiple=True,
            metavar="NAME",
            help="Assume this profile, e.g. eu-lt or cn. Repeatable.",
        ),
        click.option("--planted", type=PATH, metavar="FILE", help="Planted values to look for in traffic (TOML)."),
        click.option(
            "--database",
            "databases",
            type=PATH,
            multiple=True,
            metavar="FILE",
            help="Address database, .csv or .mmdb. Repeatable.",
        ),
        OWN_RULES,
        OWN_CLAIMS,
    ):
        command = option(command)
    return command


def work_options(command: C) -> C:
    """Add the options for how the work is done; none of them changes a result."""
    for option in (
        click.option(
            "--executor",
            type=click.Choice(["local", "serial"]),
            default="local",
            show_default=True,
            help="Supervised worker processes, or this process.",
        ),
        click.option(
            "--workers",
            type=click.IntRange(0, 1024),
            default=0,
            help="Worker processes; 0 is one a core.  [default: 0]",
        ),
        click.option(
            "--deadline",
            type=click.FloatRange(0.1),
            default=300.0,
            show_default=True,
            help="Seconds that one analyser may take for one artefact.",
        ),
        click.option(
            "--memory",
            type=click.IntRange(256),
            default=4096,
            show_default=True,
            help="Private memory of a worker, in MiB.",
        ),
        ALLOW_UNSANDBOXED,
        click.option("--retry-failures", is_flag=True, help="Try again what brought workers down in earlier runs."),
    ):
        command = option(command)
    return command


def files(options: dict[str, Any]) -> Files:
    """Return what the user gave beside the evidence."""
    return Files(
        planted=options["planted"],
        databases=tuple(options["databases"]),
        profiles=tuple(options["profiles"]),
        rules=tuple(options["rule_folders"]),
        claims=tuple(options["claim_folders"]),
    )


def choices(options: dict[str, Any]) -> Choices:
    """Return how to work."""
    return Choices(
        executor=options["executor"],
        workers=options["workers"],
        deadline_seconds=options["deadline"],
        memory_bytes=options["memory"] * MIB,
        retry_failures=options["retry_failures"],
        allow_unsandboxed=options["allow_unsandboxed"],
    )
