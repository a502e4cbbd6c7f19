"""Comparisons of one app as they are found: a site, a way in, a list and a text, what follows, and the gate."""

from collections.abc import Iterator
from typing import NamedTuple

from assay.applications.tracing import Tracing
from assay.bytecode.effects.record import Outcome
from assay.bytecode.effects.supposing import follows
from assay.bytecode.gates.formula import OPEN, Branch, Formula, conjunction, disjunction
from assay.bytecode.gates.gate import Gate
from assay.bytecode.gates.truth import Truth
from assay.bytecode.gates.worlds import UNKNOWN_MARKET
from assay.bytecode.provenance.bodies import Body
from assay.bytecode.provenance.chains import Chain, chains
from assay.bytecode.provenance.ground import named
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.origins import UNFOLLOWED, Origin, origins
from assay.bytecode.provenance.terms import NATIVE, Kind
from assay.bytecode.sites.record import Site
from assay.facts.comparisons.operands import REMOTE, SERVED, UNKNOWN, Side, Sides, list_side, text_side, value_at
from assay.reference.profiles import Profile, profiles

_BY_KEY = frozenset({"contains-key", "look-up"})
"""Operators that ask the keys of a collection."""
PROFILES: tuple[Profile, ...] = (*profiles().values(), UNKNOWN_MARKET)


MAX_WORK = 150_000
"""Work for all ways to one site (`Finder.spent`)."""


MAX_GATE = 250_000
"""Steps to work out one gate under all profiles."""


class Found(NamedTuple):
    """One comparison. `text`, `list`: terms of the two sides; `lost`: what could not be followed, and what it costs."""

    site: Site
    chain: Chain
    text: int
    list: int
    text_side: Side
    list_side: Side
    outcome: Outcome
    gate: Gate
    lost: tuple[tuple[str, str], ...]

    @property
    def remote_content(self) -> str:
        """Whether a server can change the words."""
        return REMOTE.get(self.list_side.word, "unknown")

    @property
    def remote_switch(self) -> str:
        """Whether a server can open and close the gate in some profile."""
        flips = [min(line.server_opens, line.server_closes) for line in self.gate.lines]
        return {Truth.YES: "yes", Truth.MAYBE: "unknown", Truth.NO: "no"}[max(flips, default=Truth.NO)]


class _Pair(NamedTuple):
    text: int
    list: int
    text_sides: Sides
    list_sides: Sides


UNKNOWN_SIDE = Side(UNKNOWN, ())
_ANSWERS = (b"Z", b"I", b"J", b"S", b"B")
"""What a native method gives that answers about a text, and makes no other from it."""


class Finder:
    """Finds the comparisons of one app."""

    def __init__(self, tracing: Tracing) -> None:
        """Take what follows values; `cut`: sites of which not all ways were gone."""
        self._tracing, self.cut = tracing, 0

    @property
    def spent(self) -> int:
        """Work so far: steps of the value graph, each as twenty of those that work out truths."""
        return 20 * self._tracing.evaluator.machine.total + self._tracing.gates.spent

    def at(self, site: Site) -> Iterator[Found]:
        """Yield the comparisons at a site: one for each way in, beginning of the list and beginning of the text."""
        body = self._tracing.bodies.of(site.definition)
        if body is None:
            return
        text, list_ = value_at(body, site.text), _words(body, site)
        if text is None or (list_ is None and not _asks_native_code(body, site)):
            return
        if not self._tracing.links.reachable_from_roots(site.definition):
            return
        before, operands = self.spent, (text,) if list_ is None else (text, list_)
        for chain in chains(self._tracing.bodies, self._tracing.links, site.definition, operands):
            if self.spent - before > MAX_WORK:
                self.cut += 1
                return
            top = chain.context[0].caller if chain.context else site.definition
            if self._tracing.links.reachable_from_roots(top):
                yield from self._on(site, chain, text, list_)

    def _on(self, site: Site, chain: Chain, text: int, list_: int | None) -> Iterator[Found]:
        pair = self._pair(site, chain.context, text, list_)
        if _says_nothing(pair):
            return
        native = [each.term for side in pair.text_sides.known if side.word == UNKNOWN for each in side.origins]
        self._tracing.gates.about((pair.text, pair.list, *native))
        self._tracing.gates.begin()
        outcome = Outcome((), ("what the text is is not known",))
        if pair.text_sides.known:
            outcome = self._tracing.effects.of(site, chain.context, pair.text, pair.list)
        gate_of: dict[str, Gate] = {}
        for list_side_ in pair.list_sides.known or (UNKNOWN_SIDE,):
            gate = gate_of.setdefault(list_side_.word, self._gate(site, chain.context, pair, list_side_, outcome))
            for text_side_ in pair.text_sides.known or (UNKNOWN_SIDE,):
                lost = tuple(_lost(pair, outcome, gate, whole=chain.whole))
                if self._tracing.gates.exhausted:
                    lost = (*lost, ("gate", "more steps than the budget of one comparison"))
                yield Found(site, chain, pair.text, pair.list, text_side_, list_side_, outcome, gate, lost)

    def _pair(self, site: Site, context: Context, text: int, list_: int | None) -> _Pair:
        """Return both sides; where the code does not say which is which, the one that is text of somebody is text."""
        if list_ is None:
            term, _, sides = self._both(site.definition, text, context, "[]")
            words = self._held_natively(site)
            begins = Side(UNKNOWN, (Origin(UNFOLLOWED, words, (words,)),))
            return _Pair(term, words, sides, Sides((begins,), begins.origins))
        held = ".key" if site.operator in _BY_KEY or site.family == "trie" else "[]"
        one, other = (self._both(site.definition, value, context, held) for value in (text, list_))
        straight = _Pair(one[0], other[0], one[2], other[1])
        if not site.symmetric or one[2].told or not (other[2].told or (other[2].known and not one[2].known)):
            return straight
        return _Pair(other[0], one[0], other[2], one[1])

    def _held_natively(self, site: Site) -> int:
        """Return the term of the words that native code compares a text with."""
        body = self._tracing.bodies.of(site.definition)
        call = None if body is None else body.call(site.row)
        name = "" if call is None else named(call)
        target = call.targets[0] if call is not None and call.targets else -1
        return self._tracing.evaluator.terms.unknown(f"{NATIVE}{name}", definition=target)

    def _both(self, definition: int, value: int, context: Context, held: str) -> tuple[int, Sides, Sides]:
        """Return the term of a value, and its beginnings as a list and as a text; `held`: what is asked of a list."""
        evaluator = self._tracing.evaluator
        self._tracing.gates.begin()
        term = evaluator.term(definition, value, context)
        found: list[Origin] = list(origins(evaluator.terms, term))
        found += origins(evaluator.terms, evaluator.inside(term, held))
        return term, list_side(evaluator.terms, found), text_side(evaluator.terms, found)

    def _gate(self, site: Site, context: Context, pair: _Pair, side: Side, outcome: Outcome) -> Gate:
        gates = self._tracing.gates
        gates.begin(MAX_GATE)
        stages = {"use": gates.execution.reached(site.definition, site.row, context)}
        if outcome.effects:
            stages["consequence"] = disjunction(self._follows(outcome))
        if side.word == "downloaded" and len(pair.list_sides.known) == 1:
            downloads = tuple(self._downloads(side))
            stages["download"] = disjunction(downloads) if downloads else OPEN
        return gates.of(stages, PROFILES, outcome.supposed)

    def _follows(self, outcome: Outcome) -> Iterator[Formula]:
        """Yield when each effect follows a match: it is reached, or, where it is suppressed, not reached."""
        gates = self._tracing.gates
        for effect in outcome.effects:
            reached = gates.execution.reached(effect.definition, effect.row, effect.context)
            if effect.sink == "result":
                other = Branch(effect.definition, effect.context, effect.row, taken=True, result=True)
                reached = conjunction([gates.execution.reached(*effect.decided), Formula("branch", branch=other)])
            if effect.changed:
                given = Branch(effect.definition, effect.context, effect.row, taken=True, result=True)
                reached = conjunction([reached, Formula("branch", branch=given)])
            if outcome.supposed is not None:
                yield follows(reached, outcome.supposed, gates.depends, suppressed=effect.suppressed)

    def _downloads(self, side: Side) -> Iterator[Formula]:
        """Yield when each call that brings the list is made."""
        for origin in side.origins:
            term = self._tracing.evaluator.terms[origin.term]
            body = self._tracing.bodies.of(term.definition) if origin.label in SERVED and term.definition >= 0 else None
            row = None if body is None else 0 if term.kind is Kind.PARAMETER else body.row_at(term.pc)
            if row is not None:
                yield self._tracing.gates.execution.reached(term.definition, row, term.context)


def _words(body: Body, site: Site) -> int | None:
    """Return the value that holds the words: of a query its rows, which stand for the table that it asks."""
    if site.family == "sql" and site.list[0] >= 0 and (found := body.result(site.list[0])) is not None:
        return found
    return value_at(body, site.list)


def _asks_native_code(body: Body, site: Site) -> bool:
    """Return whether native code, with words of its own, answers about the text."""
    call = body.call(site.row) if site.family == "native" else None
    return call is not None and call.prototype.rpartition(b")")[2] in _ANSWERS


def _says_nothing(pair: _Pair) -> bool:
    """Return whether a site is none of a list: nothing known on its side, or a gate, or constants with anything.

    Of words and text one at least has to be known by more than that it lies in native code.
    """
    words = {side.word for side in pair.list_sides.known}
    if not words or pair.text_sides.gate:
        return True
    return (words == {UNKNOWN} and not pair.text_sides.told) or (words == {"constants"} and not pair.text_sides.known)


def _lost(pair: _Pair, outcome: Outcome, gate: Gate, *, whole: bool) -> Iterator[tuple[str, str]]:
    """Yield what could not be followed, with what it leaves open."""
    yield from (("list origin", "a way to the list") for _ in pair.list_sides.unfollowed)
    yield from (("text origin", "a way to the text") for _ in pair.text_sides.unfollowed)
    yield from (("consequence", why) for why in outcome.lost)
    yield from (("gate", why) for why in gate.lost)
    if not whole:
        yield "text origin", "more ways in than are told apart"
