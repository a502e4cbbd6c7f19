"""Flows of one app as they are found: a call with an effect, a way in, and what is handed to the call."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from assay.applications.tracing import Tracing
from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.chains import Chain, chains
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.origins import CONSTANT, UNFOLLOWED, Origin
from assay.bytecode.sinks.calls import ModelledCall, modelled_calls, placed
from assay.bytecode.sinks.carried import Carried, Piece, Pieces, around, given
from assay.bytecode.sinks.recipients import NAMED, Recipients, is_address
from assay.reference.models_records import Model

SINKS = (
    "effect.sms", "effect.network", "effect.call", "effect.broadcast", "effect.navigate", "effect.insert",
    "effect.store", "effect.connect", "effect.log",
)  # fmt: skip
"""Labels of the calls that are looked at, in this order."""
ALWAYS = frozenset({"effect.sms"})
"""Labels of calls that are listed whatever is handed to them."""
FURTHER = frozenset({"list.provider", "variable.device-id"})
"""Labels of sources that are followed besides those of text and of identifiers."""
_WITHIN = (b"Landroid/content/", b"Landroid/app/")
"""Platform classes whose calls with the label of a connection begin components of the phone, not a connection."""
MOST_CALLS = 2_000
"""Most calls of one label that are looked at in one app."""
MOST_WORK = 200_000
"""Questions worked out after which no further call of an app is looked at."""
MOST_OF_CALL = 8_000
"""Questions worked out for one call after which no further way in to it is looked at."""
BUDGET = 1_000
"""Questions worked out for one value."""


class Flow(NamedTuple):
    """One beginning of what one call is handed on one way in; `through` what is done to it follows from its way."""

    body: Body
    call: Call
    model: Model
    chain: Chain
    origin: Origin
    recipients: tuple[str, ...]
    unknowns: int


class Finder:
    """Finds the flows of one app; `left_out` counts what was not looked at, by a plural noun."""

    def __init__(self, tracing: Tracing, package: str) -> None:
        """Take what follows values, of which the budget for one value is set; and the name of the package."""
        self._tracing, self._evaluator = tracing, tracing.evaluator
        self._evaluator.machine.budget = BUDGET
        self._own = own_code(package)
        self._recipients, self._pieces = Recipients(self._evaluator), Pieces(self._evaluator)
        self.left_out: Counter[str] = Counter()
        self._told: set[tuple[str, int, int, Context]] = set()

    def all(self) -> Iterator[Flow]:
        """Yield the flows of the app's own code, then of the rest; by label, then in the order of code."""
        for each in self._calls():
            if self._pieces.steps > MOST_WORK:
                self.left_out["calls with an effect beyond the budget of the app"] += 1
            else:
                yield from self._at(each)

    def _calls(self) -> Iterator[ModelledCall]:
        """Yield the calls that are looked at, in the order in which they are."""
        by_label: dict[str, list[ModelledCall]] = {label: [] for label in SINKS}
        for each in modelled_calls(self._evaluator.ground, _is_sink):
            by_label[each.model.sink].append(each)
        for label, calls in by_label.items():
            if len(calls) > MOST_CALLS:
                self.left_out[f"calls of {label} beyond the first {MOST_CALLS}"] += len(calls) - MOST_CALLS
        taken = [each for calls in by_label.values() for each in calls[:MOST_CALLS]]
        for own in (True, False):
            yield from (each for each in taken if self._tracing.name(each.definition).startswith(self._own) is own)

    def _at(self, found: ModelledCall) -> Iterator[Flow]:
        at = placed(self._evaluator.ground, found.definition, found.pc)
        if at is None:
            return
        values = given(at.body, at.call, found.model)
        if not self._worth(found, values):
            return
        end = self._pieces.steps + MOST_OF_CALL
        for chain in chains(self._tracing.bodies, self._tracing.links, found.definition, around(at.body, values)):
            if self._pieces.steps > end:
                self.left_out["ways to calls with an effect beyond the budget of the call"] += 1
                continue
            top = chain.context[0].caller if chain.context else found.definition
            if self._tracing.links.reachable_from_roots(top):
                yield from self._on(at.body, at.call, found.model, chain, values)
            else:
                self.left_out["ways to calls with an effect that nothing enters"] += 1

    def _worth(self, found: ModelledCall, values: tuple[int, ...]) -> bool:
        """Return whether anything that is followed, or could not be, reaches a call over all ways together."""
        if found.model.sink in ALWAYS:
            return True
        begins = self._pieces.carried(found.definition, values, (), found.model.sink)
        if any(is_source(each.origin.label) for each in begins):
            return True
        terms = self._evaluator.terms
        if any(each.origin.label == UNFOLLOWED and terms[each.origin.term].name != "exception" for each in begins):
            self.left_out["calls with an effect whose content could not be followed"] += 1
        return found.model.sink == "effect.navigate"

    def _on(self, body: Body, call: Call, model: Model, chain: Chain, values: tuple[int, ...]) -> Iterator[Flow]:
        evaluator, context = self._evaluator, chain.context
        begins = self._pieces.carried(body.definition, values, context, model.sink)
        terms = [evaluator.term(body.definition, value, context) for value in values]
        held = tuple(piece for term in terms for piece in self._pieces.of(term, model.sink))
        recipients = self._recipients.of(body, call, model, context, held)
        lost = sum(each.origin.label == UNFOLLOWED for each in begins) + (not chain.whole)
        for origin in self._wanted(model, begins, recipients, held):
            key = (model.sink, terms[0] if terms else -1, origin.term, context)
            if key not in self._told:
                self._told.add(key)
                yield Flow(body, call, model, chain, origin, recipients, lost)

    def _wanted(
        self, model: Model, begins: Iterable[Carried], recipients: tuple[str, ...], held: tuple[Piece, ...]
    ) -> list[Origin]:
        """Return the beginnings that are told: sources; of calls that always are, and of addresses, the rest too."""
        taken = tuple(begins)
        known = [each.origin for each in taken if is_source(each.origin.label)]
        if known:
            return known
        constant = [each.origin for each in taken if each.origin.label in {CONSTANT, UNFOLLOWED}]
        outward = model.sink == "effect.navigate" and any(_leads_out(each) for each in recipients)
        if not (outward or model.sink in ALWAYS) or not held:
            return []
        return constant[:1]


def own_code(package: str) -> str:
    """Return what the names of the app's own classes begin with: the first two steps of its package, or all it has."""
    return "L" + "/".join(package.split(".")[:2])


def is_source(label: str) -> bool:
    """Say whether content with such a beginning is followed into calls with an effect."""
    return label.startswith(("identifier.", "text.")) or label in FURTHER


def _leads_out(recipient: str) -> bool:
    """Say whether a recipient is an address, not the name of a component, a package or an action."""
    return is_address(recipient) and not recipient.startswith(tuple(NAMED.values()))


def _is_sink(model: Model) -> bool:
    return model.sink in SINKS and not (model.sink == "effect.connect" and model.owner.startswith(_WITHIN))
