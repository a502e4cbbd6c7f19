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
from assay.bytecode.sinks.carried import Carried, Piece, around, carried, given, pieces
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
MOST_WORK = 3_000_000
"""Most terms that are made for one app."""


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

    def __init__(self, tracing: Tracing) -> None:
        """Take what follows values."""
        self._tracing, self._evaluator = tracing, tracing.evaluator
        self._recipients = Recipients(self._evaluator)
        self.left_out: Counter[str] = Counter()
        self._told: set[tuple[str, int, int, Context]] = set()

    def all(self) -> Iterator[Flow]:
        """Yield flows by label, then in the order of code."""
        calls = modelled_calls(self._evaluator.ground, _is_sink)
        for label in SINKS:
            own = [each for each in calls if each.model.sink == label]
            if len(own) > MOST_CALLS:
                self.left_out[f"calls of {label} beyond the first {MOST_CALLS}"] += len(own) - MOST_CALLS
            for each in own[:MOST_CALLS]:
                if len(self._evaluator.terms) > MOST_WORK:
                    self.left_out["calls with an effect beyond the budget of the app"] += 1
                else:
                    yield from self._at(each)

    def _at(self, found: ModelledCall) -> Iterator[Flow]:
        at = placed(self._evaluator.ground, found.definition, found.pc)
        if at is None:
            return
        values = given(at.body, at.call, found.model)
        if not self._worth(found, values):
            return
        for chain in chains(self._tracing.bodies, self._tracing.links, found.definition, around(at.body, values)):
            top = chain.context[0].caller if chain.context else found.definition
            if self._tracing.links.reachable_from_roots(top):
                yield from self._on(at.body, at.call, found.model, chain, values)
            else:
                self.left_out["ways to calls with an effect that nothing enters"] += 1

    def _worth(self, found: ModelledCall, values: tuple[int, ...]) -> bool:
        """Return whether anything that is followed, or could not be, reaches a call over all ways together."""
        if found.model.sink in ALWAYS:
            return True
        begins = carried(self._evaluator, found.definition, values, ())
        if any(is_source(each.origin.label) for each in begins):
            return True
        terms = self._evaluator.terms
        if any(each.origin.label == UNFOLLOWED and terms[each.origin.term].name != "exception" for each in begins):
            self.left_out["calls with an effect whose content could not be followed"] += 1
        return found.model.sink == "effect.navigate"

    def _on(self, body: Body, call: Call, model: Model, chain: Chain, values: tuple[int, ...]) -> Iterator[Flow]:
        evaluator, context = self._evaluator, chain.context
        begins = carried(evaluator, body.definition, values, context)
        held = tuple(
            piece for value in values for piece in pieces(evaluator, evaluator.term(body.definition, value, context))
        )
        recipients = self._recipients.of(body, call, model, context, held)
        lost = sum(each.origin.label == UNFOLLOWED for each in begins) + (not chain.whole)
        for origin in self._wanted(model, begins, recipients, held):
            target = evaluator.term(body.definition, values[0], context) if values else -1
            key = (model.sink, target, origin.term, context)
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


def is_source(label: str) -> bool:
    """Say whether content with such a beginning is followed into calls with an effect."""
    return label.startswith(("identifier.", "text.")) or label in FURTHER


def _leads_out(recipient: str) -> bool:
    """Say whether a recipient is an address, not the name of a component, a package or an action."""
    return is_address(recipient) and not recipient.startswith(tuple(NAMED.values()))


def _is_sink(model: Model) -> bool:
    return model.sink in SINKS and not (model.sink == "effect.connect" and model.owner.startswith(_WITHIN))
