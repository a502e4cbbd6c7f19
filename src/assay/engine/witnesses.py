"""The witnesses of a case: read from its facts, written out for the checker, checked in the bytes of its exhibits."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from assay.engine.eyes import Eyes
from assay.evidence.plain_dex import FAULTS, Dex, DoesNotHold
from assay.evidence.witness_check import verify
from assay.findings.database import Database
from assay.model import canonical
from assay.model.errors import ExitCode, UsageError
from assay.model.ids import sha256_hex
from assay.model.locator import InnerPlace, Locator
from assay.model.text import show

_STEPS = """
SELECT DISTINCT artefact, leg, number, step FROM witness_step WHERE comparison = ? ORDER BY artefact, leg, number
"""
_PLACES = "SELECT locator FROM occurrence WHERE artefact = ? ORDER BY locator LIMIT 1"
_SAID = ("register", "to", "value", "side", "outcome", "store", "origin")


class Witness(NamedTuple):
    """The trails of a comparison as the checker takes them; `artefact`: the DEX file that compares."""

    comparison: str
    artefact: str
    trails: dict[str, list[dict[str, Any]]]

    def exported(self) -> bytes:
        """Return it as the file that the checker reads."""
        return canonical.line({"comparison": self.comparison, "trails": self.trails}) + b"\n"

    def lines(self) -> Iterator[str]:
        """Yield each trail readably, step by step."""
        for name, steps in sorted(self.trails.items()):
            yield f"{name}, {len(steps)} steps"
            for number, step in enumerate(steps, 1):
                yield f"  {number}. {step['class']}->{step['method']} +0x{step['code_offset']:x}  {_told(step)}"


def witnesses(database: Database, comparison: str) -> list[Witness]:
    """Return the witnesses of a comparison, one for each file that holds it; none where there is none."""
    found: dict[str, Witness] = {}
    for row in database.query(_STEPS, [comparison]):
        artefact = str(row["artefact"])
        witness = found.setdefault(artefact, Witness(comparison, artefact, {}))
        witness.trails.setdefault(str(row["leg"]), []).append(json.loads(str(row["step"])))
    return list(found.values())


def check(database: Database, eyes: Eyes, comparison: str) -> tuple[int, str]:
    """Check all witnesses of a comparison in the bytes; return the exit code and a sentence. Raises: UsageError."""
    held = 0
    for witness in known(database, comparison):
        try:
            verify(witness.trails, _files(database, eyes, witness))
        except DoesNotHold as fault:
            return ExitCode.MISMATCH, f"{comparison}: it does not hold: {show(str(fault))}"
        except FAULTS as fault:
            kind = type(fault).__name__
            return ExitCode.EVIDENCE_UNREADABLE, f"{comparison}: a file it is about cannot be read: {kind}"
        held += sum(map(len, witness.trails.values()))
    return ExitCode.DONE, f"{comparison}: all {held} steps hold"


def known(database: Database, comparison: str) -> list[Witness]:
    """Return the witnesses of a comparison. Raises: UsageError where there is none."""
    found = witnesses(database, comparison)
    if not found:
        raise UsageError(comparison, "no witness in this case has this id", "See the table witness_step for those.")
    return found


def _files(database: Database, eyes: Eyes, witness: Witness) -> dict[str, Dex]:
    """Return the DEX files of a witness. Raises: LookupError for one that is not in the case, or not as it was."""
    found = {}
    for step in (step for steps in witness.trails.values() for step in steps):
        sha256 = str(step["dex"])
        if sha256 not in found:
            found[sha256] = Dex(_bytes(database, eyes, step))
    return found


def _bytes(database: Database, eyes: Eyes, step: dict[str, Any]) -> bytes:
    where = database.query(_PLACES, [step["dex"]])
    place = str(InnerPlace("method", f"{step['class']}->{step['method']}+0x{step['code_offset']:x}"))
    seen = eyes.look(Locator.parse(str(where[0]["locator"])), place, code=True) if where else None
    if seen is None or seen.code is None or sha256_hex(seen.code.dex) != step["dex"]:
        raise LookupError(step["dex"])
    return seen.code.dex


def _told(step: dict[str, Any]) -> str:
    said = " ".join(f"{name}={step[name]!r}" for name in _SAID if step.get(name) is not None)
    keys = [repr(step["key"][0].get("value"))] if step.get("key") else []
    return " ".join([step["kind"], *([step["reference"]] if step.get("reference") else []), said, *keys]).rstrip()
