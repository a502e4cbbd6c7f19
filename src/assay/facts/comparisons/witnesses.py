"""The witness of a comparison: its list, its text and each consequence shown in the bytes, or why that is not."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from assay.applications.tracing import Tracing
from assay.bytecode.effects.record import Effect
from assay.bytecode.provenance.links_models import CallModels
from assay.bytecode.provenance.origins import Origin
from assay.bytecode.witness.builder import Builder, wanted
from assay.bytecode.witness.writing import Steps
from assay.facts.comparisons.found import Found
from assay.facts.comparisons.operands import UNKNOWN, value_at
from assay.model import canonical
from assay.vocabulary.comparisons import Comparison, UnfollowedEdge, WitnessStep

MOST_EFFECTS = 6
"""Most calls for one consequence that a way to is tried for, those with the fewest calls on the way first."""
WORK = 60_000_000
"""Work units of the checker for all witnesses of one app; behind them no more are built."""
NO_WAY = "no way that the checker holds to be true"
TOO_MUCH = "building witnesses takes too much work"
APART = "its legs do not meet"


class Witness(NamedTuple):
    """The legs by name, as the checker reads them; `missing`: why there is none, by leg.

    A side that begins in native code has none: nothing in the DEX bytes shows it.
    """

    legs: Mapping[str, Steps]
    missing: Mapping[str, str]


NOTHING = Witness({}, {})


class Witnesses:
    """Builds and checks the witnesses of one app."""

    def __init__(self, tracing: Tracing) -> None:
        """Take what follows values; nothing is read yet."""
        self._tracing = tracing
        evaluator = tracing.evaluator
        self._builder = Builder(evaluator, CallModels(evaluator.ground.program, evaluator.ground.models))

    def of(self, found: Found) -> Witness:
        """Return the witness of a comparison; each leg in it holds, and all of them together."""
        legs: dict[str, Steps] = {}
        missing: dict[str, str] = {}
        self._builder.begin()
        for name, steps in self._legs(found):
            if steps is None:
                missing[name] = TOO_MUCH if self._builder.exhausted or self._builder.spent > WORK else NO_WAY
            else:
                legs[name] = steps
        self._builder.begin()
        if not legs or self._builder.holds(legs):
            return Witness(legs, missing)
        return Witness({}, dict.fromkeys([*legs, *missing], APART))

    def _legs(self, found: Found) -> Iterator[tuple[str, Steps | None]]:
        for name, side in (("list", found.list_side), ("text", found.text_side)):
            if side.word != UNKNOWN:
                yield name, self._operand(name, found, side.origins)
        for word in found.outcome.consequences:
            effects = [each for each in found.outcome.effects if each.consequence == word]
            ways = (self._outcome(found, each) for each in sorted(effects, key=_simple)[:MOST_EFFECTS])
            yield f"outcome:{word}", next((way for way in ways if way is not None), None)

    def _outcome(self, found: Found, effect: Effect) -> Steps | None:
        return None if self._builder.spent > WORK else self._builder.outcome(found.site, effect)

    def _operand(self, name: str, found: Found, origins: tuple[Origin, ...]) -> Steps | None:
        body = self._tracing.bodies.of(found.site.definition)
        if body is None or not origins or self._builder.spent > WORK:
            return None
        begins = wanted(self._tracing.evaluator.terms, [origin.term for origin in origins])
        places = (found.site.text, found.site.list) if name == "text" else (found.site.list, found.site.text)
        for place in places if found.site.symmetric else places[:1]:
            value = value_at(body, place)
            steps = None if value is None else self._builder.operand(name, found.site, value, begins)
            if steps is not None:
                return steps
        return None


def rows(row: Comparison, witness: Witness) -> Iterator[WitnessStep | UnfollowedEdge]:
    """Yield the steps of a witness, leg by leg, then the legs that it does not have."""
    for leg, steps in witness.legs.items():
        for number, step in enumerate(steps):
            yield WitnessStep(
                place=row.place, comparison=row.comparison, leg=leg, number=number, kind=step["kind"],
                dex_sha256=step["dex"], class_name=step["class"], method=step["method"],
                code_offset=step["code_offset"], step=canonical.line(step).decode("utf-8"),
            )  # fmt: skip
    for leg, why in witness.missing.items():
        yield UnfollowedEdge(
            place=row.place, comparison=row.comparison, reason=f"{leg}: {why}", where=row.place, costs="witness"
        )


def _simple(effect: Effect) -> tuple[int, int, int]:
    return len(effect.context), effect.definition, effect.row
