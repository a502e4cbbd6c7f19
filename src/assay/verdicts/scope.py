"""Whether a handset's evidence is evidence for a claim, and the reason in words."""

import re
from collections.abc import Callable, Iterator
from functools import partial

import msgspec

from assay.model.case import Handset
from assay.reference.profiles import profiles
from assay.verdicts.claim import ClaimScope
from assay.verdicts.standing import Scope

EUROPEAN_UNION = "EU"
EUROPEAN_BUILDS = frozenset({"EU", "EEA"})
"""Codes that vendors give to builds for the European Union."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """Within, other or unknown, with a sentence for each field that makes it so."""

    scope: Scope
    reasons: tuple[str, ...]


def reach(scope: ClaimScope, handset: Handset) -> Reach:
    """Hold a handset against the scope of a claim: one field of another scope decides, then one that is unknown."""
    found = list(_fields(scope, handset))
    for verdict in (Scope.OTHER, Scope.UNKNOWN):
        if reasons := tuple(reason for one, reason in found if one is verdict):
            return Reach(scope=verdict, reasons=reasons)
    return Reach(scope=Scope.WITHIN, reasons=())


def _fields(scope: ClaimScope, handset: Handset) -> Iterator[tuple[Scope, str]]:
    who, when = handset.acquisition.who, handset.acquisition.when
    yield _one_of("make", scope.make, handset.make, _same)
    yield _one_of("model", scope.model, handset.model, partial(_same_model, handset.make))
    yield _one_of("market", scope.market, handset.market, _sold_in)
    yield _one_of("build", scope.build, handset.build, _part_of)
    yield _one_of("laboratory", scope.laboratory, who, _part_of)
    if scope.since or scope.until:
        yield _between(scope, when[:10])


def _one_of(name: str, wanted: tuple[str, ...], given: str, fits: Callable[[str, str], bool]) -> tuple[Scope, str]:
    if not wanted:
        return Scope.WITHIN, ""
    said = f"the claim is about {name} {' or '.join(wanted)}"
    if not given:
        return Scope.UNKNOWN, f"{said}; that of this handset is not stated"
    if any(fits(one, given) for one in wanted):
        return Scope.WITHIN, ""
    return Scope.OTHER, f"{said}; this handset has {given}"


def _same(wanted: str, given: str) -> bool:
    return wanted.casefold() == given.casefold()


def _same_model(make: str, wanted: str, given: str) -> bool:
    """Compare models, whether or not the make stands before the name."""
    return _same(wanted, given) or _same(f"{make} {wanted}", given)


def _part_of(wanted: str, given: str) -> bool:
    """Say whether `wanted` stands in `given` as a whole: no number goes on before or behind it, no word either."""
    before = r"(?<![\d.])" if wanted[:1].isdigit() else r"(?<!\w)" if wanted[:1].isalpha() else ""
    behind = r"(?!\d)" if wanted[-1:].isdigit() else r"(?!\w)" if wanted[-1:].isalpha() else ""
    return re.search(before + re.escape(wanted.casefold()) + behind, given.casefold()) is not None


def _sold_in(wanted: str, given: str) -> bool:
    if wanted == EUROPEAN_UNION:
        return given.upper() in european_union() | EUROPEAN_BUILDS
    return _same(wanted, given)


def european_union() -> frozenset[str]:
    """Return the ISO 3166-1 codes of the members of the European Union, from the table of profiles."""
    return frozenset(profile.market for profile in profiles().values() if profile.european_union)


def _between(scope: ClaimScope, day: str) -> tuple[Scope, str]:
    said = f"the claim is about {scope.since or 'any day'} to {scope.until or 'any day'}"
    if _DAY.fullmatch(day) is None:
        return Scope.UNKNOWN, f"{said}; the day of this acquisition is not stated"
    if (scope.since and day < scope.since) or (scope.until and day > scope.until):
        return Scope.OTHER, f"{said}; this evidence was acquired on {day}"
    return Scope.WITHIN, ""
