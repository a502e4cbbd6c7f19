"""Examination: the product is driven as a stranger would, and its fact tables are read."""

import json
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.gatebench.fragments import PROFILES

PRODUCT = (sys.executable, "-m", "assay.cli.main")
MOST_ROWS = "1000000"
GATE = ("unset", "server_opens", "server_closes", "user_opens")
COMPARISONS = (
    "SELECT c.comparison, c.package, c.class_name, c.method, c.api, coalesce(b.list_begins, c.list_origin) AS "
    "list_origin, c.text_origin, c.consequences, c.gate, coalesce(b.remote_content, c.remote_content) AS "
    "remote_content, c.remote_switch, c.path_shown, c.unknowns FROM comparison c LEFT JOIN (SELECT DISTINCT "
    "comparison, package, list_begins, remote_content FROM compared) b ON b.comparison = c.comparison AND "
    "b.package = c.package ORDER BY ALL"
)
"""What the product says of each place, a list that another app hands over told by where it begins there."""
TRUTHS = f"SELECT comparison, profile, {', '.join(GATE)} FROM gate_truth ORDER BY ALL"  # noqa: S608 - our own words


class Unanswered(Exception):
    """The product did not examine the packages; the message is its own."""


@dataclass(frozen=True)
class Claim:
    """One row of `comparison` with its rows of `gate_truth`: what the product says of one place."""

    package: str
    place: str
    list_origin: str
    text_origin: str
    consequences: tuple[str, ...]
    gates: Mapping[str, tuple[str, str, str, str]]
    remote_content: str
    remote_switch: str
    path_shown: bool
    unknowns: int = 0


def examine(apks: Path, case: Path) -> list[Claim]:
    """Return what the product says of every package of a folder."""
    shutil.rmtree(case, ignore_errors=True)
    profiles = [word for profile in PROFILES if profile.market for word in ("--profile", profile.id)]
    product("check", str(apks), "-o", str(case), "--allow-unsandboxed", *profiles)
    return claims(_rows(case, COMPARISONS), _rows(case, TRUTHS))


def product(*arguments: str) -> str:
    """Return what the product prints; raises Unanswered where it leaves with another code than that of an answer."""
    done = subprocess.run([*PRODUCT, *arguments], capture_output=True, text=True, check=False)  # noqa: S603 - the product
    if done.returncode not in {0, 1}:
        raise Unanswered(f"assay {arguments[0]}: left with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def _rows(case: Path, select: str) -> list[dict[str, object]]:
    answer = product("query", str(case), select, "--json", "--limit", MOST_ROWS)
    return [json.loads(line) for line in answer.splitlines()]


def claims(comparisons: list[dict[str, object]], truths: list[dict[str, object]]) -> list[Claim]:
    """Return the claims that rows of both tables make."""
    gates: dict[str, dict[str, tuple[str, str, str, str]]] = defaultdict(dict)
    for row in truths:
        unset, opens, closes, user = (str(row[column]) for column in GATE)
        gates[str(row["comparison"])][str(row["profile"])] = (unset, opens, closes, user)
    return [_claim(row, gates[str(row["comparison"])]) for row in comparisons]


def _claim(row: Mapping[str, object], gates: Mapping[str, tuple[str, str, str, str]]) -> Claim:
    consequences = row["consequences"]
    assert isinstance(consequences, list)
    return Claim(
        package=str(row["package"]),
        place=f"{row['class_name']}->{row['method']}",
        list_origin=str(row["list_origin"]),
        text_origin=str(row["text_origin"]),
        consequences=tuple(sorted(str(word) for word in consequences)),
        gates=gates,
        remote_content=str(row["remote_content"]),
        remote_switch=str(row["remote_switch"]),
        path_shown=bool(row["path_shown"]),
        unknowns=int(str(row["unknowns"])),
    )
