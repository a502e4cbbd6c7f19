"""A claim held against the findings and the coverage of one handset."""

from collections.abc import Iterator, Sequence

import msgspec

from assay.model.finding import Finding
from assay.verdicts.claim import Claim, Power
from assay.verdicts.conditions import Witness, heaviest, witnesses
from assay.verdicts.coverage import Ledger
from assay.verdicts.standing import Evidence


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """The witnesses, and which conditions of the claim's power are met.

    A claim that turns on what this version cannot look at (`unexamined`) is not decided by silence.
    """

    supports: tuple[Witness, ...]
    contradicts: tuple[Witness, ...]
    capability: tuple[Witness, ...]
    met: tuple[Power, ...]
    unmet: tuple[Power, ...]
    missed: tuple[str, ...]
    unexamined: tuple[str, ...]

    @property
    def evidence(self) -> Evidence:
        """What the standing is decided from."""
        return Evidence(
            supports=heaviest(self.supports),
            contradicts=heaviest(self.contradicts),
            power=bool(self.met) and not self.unmet and not self.unexamined,
            capability=bool(self.capability),
        )


def hold(claim: Claim, handset: str, findings: Sequence[Finding], ledger: Ledger) -> Held:
    """Hold a claim against the findings and the coverage of one handset."""
    met = tuple(power for power in claim.power if _is_met(power, handset, findings, ledger))
    tables = [power.looked for power in claim.power if power.looked]
    return Held(
        supports=witnesses(claim.supports, findings),
        contradicts=witnesses(claim.contradicts, findings),
        capability=witnesses(claim.capability, findings),
        met=met,
        unmet=tuple(power for power in claim.power if power not in met),
        unexamined=claim.unexamined,
        missed=tuple(line for table in tables for line in _missed(table, handset, ledger)),
    )


def _is_met(power: Power, handset: str, findings: Sequence[Finding], ledger: Ledger) -> bool:
    if power.looked:
        counts = ledger.of(handset, power.looked)
        return counts.looked > 0 and counts.missed == 0 and not counts.opaque
    if power.holds is not None:
        return bool(witnesses([power.holds], findings))
    return power.lacks is not None and not witnesses([power.lacks], findings)


def _missed(table: str, handset: str, ledger: Ledger) -> Iterator[str]:
    counts = ledger.of(handset, table)
    if not counts.looked:
        yield f"{table}: nothing of this handset could show it"
    if counts.missed:
        yield f"{table}: {counts.missed} artefacts of this handset were skipped, failed or unreadable"
    yield from (f"{table}: {count} × {what}" for what, count in counts.opaque)
