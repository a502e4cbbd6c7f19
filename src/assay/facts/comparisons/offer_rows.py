"""The rows of one thing that an app hands out: one for each beginning of its list, with its gate."""

from collections.abc import Iterator

from assay.applications.application import Application
from assay.applications.tracing import Tracing
from assay.bytecode.gates.formula import OPEN, Formula, conjunction, disjunction
from assay.bytecode.gates.gate import Gate
from assay.bytecode.gates.truth import Truth
from assay.bytecode.provenance.origins import CONSTANT, UNFOLLOWED, Origin, origins
from assay.bytecode.provenance.terms import Kind
from assay.bytecode.sites.choice import MIN_CHAIN
from assay.facts.comparisons.found import MAX_GATE, PROFILES
from assay.facts.comparisons.offered import NO_CODE, Offered
from assay.facts.comparisons.offered_providers import declared
from assay.facts.comparisons.operands import REMOTE, SERVED, Side, Sides, details, list_side
from assay.facts.comparisons.outside import PROVIDER
from assay.model.canonical import digest
from assay.model.ids import short
from assay.model.locator import InnerPlace
from assay.vocabulary.offers import ListOffer, OfferGate

MOST_TERMS = 20
OTHER, UNKNOWN = "other", "unknown"
_OPEN = {Truth.YES: "open", Truth.MAYBE: "unknown", Truth.NO: "closed"}
_YES = {Truth.YES: "yes", Truth.MAYBE: "unknown", Truth.NO: "no"}
_ENDS = frozenset({"empty", UNFOLLOWED})


class OfferRows:
    """Makes the rows of the offers of one app."""

    def __init__(self, app: Application, tracing: Tracing) -> None:
        """Take the app."""
        self._app, self._tracing = app, tracing
        self._evaluator, self._terms = tracing.evaluator, tracing.evaluator.terms
        self._told: set[str] = set()

    @property
    def spent(self) -> int:
        """Work so far, as `Finder.spent` counts it."""
        return 10 * self._evaluator.machine.total + self._tracing.gates.spent

    def of(self, offered: Offered) -> Iterator[ListOffer | OfferGate]:
        """Yield the rows of a thing; nothing where it holds no list that is told.

        Providers are told also where nothing of what they give could be followed, or where none of it is a list. Of
        constants that are handed out otherwise so many make a list as written out in a comparison.
        """
        if offered.definition < 0:
            yield self._row(offered, Side(UNKNOWN, ()), None, (NO_CODE,))
            return
        found = self._begins(offered.term)
        sides = list_side(self._terms, found)
        lost = tuple(sorted({self._reason(each) for each in sides.unfollowed}))
        for side in self._told_sides(offered, found, sides):
            gate = self._gate(offered, side)
            row = self._row(offered, side, gate, (*lost, *sorted(gate.lost)))
            if row.offer not in self._told:
                self._told.add(row.offer)
                yield row
                yield from _gates(row, gate)

    def _told_sides(self, offered: Offered, found: list[Origin], sides: Sides) -> list[Side]:
        if offered.handle.channel != PROVIDER:
            return [side for side in sides.known if side.word != "constants" or len(side.origins) >= MIN_CHAIN]
        named = tuple(each for each in found if each.label not in _ENDS)
        unnamed = [Side(UNKNOWN, ())] if sides.unfollowed else [Side(OTHER, named)] if named else []
        return [*sides.known] or unnamed

    def _begins(self, term: int) -> list[Origin]:
        """Return where the content of a thing begins: of itself, of its elements, of the file that it opens."""
        opened = self._evaluator.opened(term)
        held = dict.fromkeys((term, opened, self._evaluator.inside(opened, "[]")))
        found: dict[int, Origin] = {}
        for each in held:
            for origin in origins(self._terms, each):
                if origin.term != term or opened == term:
                    found.setdefault(origin.term, origin)
        return list(found.values())

    def _reason(self, origin: Origin) -> str:
        return self._terms[origin.term].name or "a way to the list"

    def _gate(self, offered: Offered, side: Side) -> Gate:
        gates = self._tracing.gates
        gates.about((offered.term,))
        gates.begin(MAX_GATE)
        stages: dict[str, Formula] = {"use": offered.when}
        if side.word == "downloaded":
            made = tuple(self._downloads(side))
            stages["download"] = disjunction(made) if made else OPEN
        if offered.handle.channel != PROVIDER:  # nobody asks: it has to come to the place by itself
            reached = gates.execution.reached(offered.definition, offered.row, ())
            stages["use"] = conjunction([stages["use"], reached])
        return gates.of(stages, PROFILES)

    def _downloads(self, side: Side) -> Iterator[Formula]:
        """Yield when each call that brings the list is made."""
        for origin in side.origins:
            term = self._terms[origin.term]
            body = self._tracing.bodies.of(term.definition) if origin.label in SERVED and term.definition >= 0 else None
            row = None if body is None else body.row_at(term.pc)
            if row is not None:
                yield self._tracing.gates.execution.reached(term.definition, row, term.context)

    def _row(self, offered: Offered, side: Side, gate: Gate | None, unfollowed: tuple[str, ...]) -> ListOffer:
        handle, place = offered.handle, self._place(offered)
        identity = [self._app.package, place, *handle, offered.recipient, side.word]
        variables = {variable for each in (gate.conditions if gate else ()) for variable in each.variables}
        return ListOffer(
            place=place, offer=short("o", digest(identity)), package=self._app.package, component=offered.component,
            channel=handle.channel, way=handle.way, handle=handle.handle, part=handle.part,
            recipient=offered.recipient, access=offered.access, origin=side.word,
            detail=details(self._terms, side.origins), terms=self._entries(side),
            remote_content=REMOTE.get(side.word, "unknown"), gate=gate.formula if gate else "true",
            asks=tuple(sorted({f"{each.name} ({each.controller})" for each in variables})), unfollowed=unfollowed,
        )  # fmt: skip

    def _entries(self, side: Side) -> tuple[str, ...]:
        constants = (self._terms[each.term] for each in side.origins if each.label == CONSTANT)
        texts = [str(own.value) for own in constants if own.kind is Kind.CONSTANT]
        return tuple(dict.fromkeys(texts))[:MOST_TERMS]

    def _place(self, offered: Offered) -> str:
        if offered.definition < 0:
            return next((one.place for one in declared(self._app) if one.name == offered.component), "")
        body = self._tracing.bodies.of(offered.definition)
        pc = 0 if body is None else body.pc(offered.row)
        return str(InnerPlace("method", f"{self._tracing.name(offered.definition)}+0x{pc:x}"))


def _gates(row: ListOffer, gate: Gate) -> Iterator[OfferGate]:
    """Yield the truth by profile, nothing where it is always open."""
    if row.gate == "true":
        return
    for line in gate.lines:
        yield OfferGate(
            place=row.place, offer=row.offer, profile=line.profile, unset=_OPEN[line.unset],
            server_opens=_YES[line.server_opens], server_closes=_YES[line.server_closes],
            user_opens=_YES[line.user_opens],
        )  # fmt: skip
