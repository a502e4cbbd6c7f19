"""The value graph: terms that say how a value comes to be, each once, named by number."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

import msgspec

from assay.bytecode.provenance.links_record import Context
from assay.reference.models_files import parameters
from assay.reference.models_records import Field, Model, Place

MOST_INPUTS = 64
"""Most alternatives of a choice, and most writes of an object, that are kept; beyond them stands an UNKNOWN."""


SAME = frozenset({"copy", "view", "iterate", "element", "select", "sort"})
"""Operations of models whose result holds the very things that an operand does."""


KEYED = "keyed"
"""The name of an OPERATION that reads from a map by a key that is no constant: what stands under any key and what is
given where none does, the key, the map, and what is given where nothing stands under it, if that is said."""
NATIVE = "native "
"""Begins the name of the UNKNOWN that stands for what a native method gives, its inputs what it is given."""


class Kind(StrEnum):
    """What a term is."""

    CONSTANT = "constant"
    CALL = "call"
    CHOICE = "choice"
    OPERATION = "operation"
    OBJECT = "object"
    CONTENT = "content"
    STORE = "store"
    FIELD = "field"
    PARAMETER = "parameter"
    CUT = "cut"
    UNKNOWN = "unknown"


class Guard(NamedTuple):
    """Under which control flow an alternative is taken: control passes `block`, and leaves it by `edge` (-1: any way).

    `block` and `edge` are rows of the control flow of `definition`, reached by way of `context`. `row`: the instruction
    that control passes, where it is one that writes or calls; else -1.
    """

    definition: int
    context: Context
    block: int
    edge: int
    row: int = -1


class Term(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """One term.

    `inputs`: numbers of terms; what they are follows from the kind:

    - CONSTANT: none; `value` is what it is, `name` int · string · class · null;
    - CALL: receiver and arguments of a platform call, or its platform field's none; `name` like ``Lx/A;->m(I)V``;
    - CHOICE: alternatives, `guards` one each (None: always possible);
    - OPERATION: operands; `name` is the mnemonic, or what the call site of an invoke-custom makes; ``required``: the
      operand, by a call that ends by an exception where it is missing;
    - OBJECT: none; `name` is the type; made at `pc` of `definition` by way of `context`, or by the platform (-1);
    - CONTENT: the object, then what was written into it; `name` ``[]`` · ``[key]`` · ``.part`` (alternatives),
      ``text`` (pieces in their order), ``pieces`` (in no known order);
    - STORE: the default, then what the program writes there, `guards` one each; `name` like ``preference:file/key``;
    - FIELD: what the object was made from; `name` is the remote name;
    - PARAMETER: none; `name` like ``Lx/A;->m(I)V#1``, 0 is `this`; `value` is the label of a source, where known;
    - CUT, UNKNOWN: what went in, where that is known; `name` is the reason.

    `pc` is in 16-bit units from the definition's first instruction; -1 for none. `model`: of a CALL of a method, and of
    the method that a PARAMETER's overrides; `held`: of a CALL that is the read of a platform's field.
    """

    kind: Kind
    name: str = ""
    inputs: tuple[int, ...] = ()
    guards: tuple[Guard | None, ...] = ()
    value: int | str | None = None
    definition: int = -1
    pc: int = -1
    context: Context = ()
    model: Model | None = None
    held: Field | None = None

    @property
    def method(self) -> str:
        """The bare name of the method that a CALL calls, empty for other kinds."""
        return self.name.partition("->")[2].partition("(")[0]

    def operand(self, place: Place) -> int | None:
        """Return the input of a CALL at a place of its model, counted without a receiver where the call has none."""
        at = place.operand
        many = parameters(self.name[self.name.find("(") :].encode()) or 0
        if at is not None and len(self.inputs) <= many:
            at -= 1
        return self.inputs[at] if at is not None and 0 <= at < len(self.inputs) else None


class Terms:
    """All terms of an evaluator by number; equal ones have one number, inputs have lower numbers than their term.

    `behind`: the objects behind terms, as far as they were asked for (`receivers.objects`).
    """

    def __init__(self) -> None:
        """Begin empty."""
        self._terms: list[Term] = []
        self.behind: dict[int, tuple[int, ...]] = {}
        self._known: dict[tuple[object, ...], int] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._terms)

    def __getitem__(self, term: int) -> Term:
        """Return a term. Raises: IndexError."""
        if term < 0:
            raise IndexError(term)
        return self._terms[term]

    def add(self, term: Term) -> int:
        """Return the number of a term, a new one where none is equal."""
        key = (
            term.kind, term.name, term.inputs, term.guards, type(term.value), term.value, term.definition, term.pc,
            term.context,
        )  # fmt: skip
        if (found := self._known.get(key)) is None:
            found = self._known[key] = len(self._terms)
            self._terms.append(term)
        return found

    def place(self, term: int) -> tuple[int, int]:
        """Return where a term is made: definition and offset, -1 twice for the platform's own."""
        own = self._terms[term]
        return (own.definition, own.pc) if own.pc >= 0 else (-1, -1)

    def constant(self, name: str, value: int | str | None) -> int:
        """Return the number of a constant."""
        return self.add(Term(kind=Kind.CONSTANT, name=name, value=value))

    def unknown(self, why: str, inputs: tuple[int, ...] = (), *, definition: int = -1, pc: int = -1) -> int:
        """Return the number of what is not known, and why."""
        return self.add(Term(kind=Kind.UNKNOWN, name=why, inputs=inputs, definition=definition, pc=pc))

    def cut(self, why: str) -> int:
        """Return the number of a value that was already being looked for."""
        return self.add(Term(kind=Kind.CUT, name=why))

    def choice(self, found: list[tuple[int, Guard | None]], *, definition: int = -1, pc: int = -1) -> int:
        """Return the number of a choice, of its only alternative where there is but one."""
        pairs = list(dict.fromkeys(found))
        if len({term for term, _ in pairs}) == 1:
            return pairs[0][0]
        if len(pairs) > MOST_INPUTS:
            pairs = [*pairs[:MOST_INPUTS], (self.unknown("too many alternatives", definition=definition, pc=pc), None)]
        if not pairs:
            return self.unknown("nothing written", definition=definition, pc=pc)
        inputs, guards = tuple(term for term, _ in pairs), tuple(guard for _, guard in pairs)
        return self.add(Term(kind=Kind.CHOICE, inputs=inputs, guards=guards, definition=definition, pc=pc))

    def below(self, term: int) -> Iterator[int]:
        """Yield the terms that another is made of, itself first, each once, depth first in the order of inputs."""
        seen, todo = {term}, [term]
        while todo:
            each = todo.pop()
            yield each
            more = [one for one in dict.fromkeys(self.followed(each)) if one not in seen]
            seen.update(more)
            todo += reversed(more)

    def followed(self, term: int) -> tuple[int, ...]:
        """Return the inputs that what a term holds comes from: not the empty object where something was written."""
        own = self[term]
        if own.kind is Kind.CONTENT and len(own.inputs) > 1 and self._hands_on(self[own.inputs[0]]):
            return own.inputs[1:]
        if own.kind is Kind.OPERATION and own.name == KEYED:
            return own.inputs[:1]
        if own.kind is Kind.CALL and "-><init>(" in own.name and own.inputs:
            return own.inputs[self[own.inputs[0]].kind is Kind.OBJECT :]
        return own.inputs

    def _hands_on(self, holder: Term) -> bool:
        """Return whether a holder gives nothing of its own: an object made here, or a call that only shows another."""
        if holder.kind is not Kind.CALL or holder.model is None:
            return holder.kind is Kind.OBJECT
        given = [flow for flow in holder.model.flows if flow.target.root == "return"]
        return bool(given) and not holder.model.source and all(flow.op in SAME for flow in given)

    def leaves(self, term: int) -> tuple[int, ...]:
        """Return the terms without inputs that a term is made of, in order."""
        return tuple(each for each in self.below(term) if not self.followed(each))

    def path(self, term: int, leaf: int) -> tuple[int, ...]:
        """Return the shortest way from a term to one that it is made of, both included; empty where it is not."""
        before: dict[int, int | None] = {term: None}
        level = [term]
        while level and leaf not in before:
            found = [(one, each) for each in level for one in self.followed(each)]
            level = []
            for one, each in found:
                if one not in before:
                    before[one] = each
                    level.append(one)
        way: list[int] = []
        at = leaf if leaf in before else None
        while at is not None:
            way.append(at)
            at = before[at]
        return tuple(reversed(way))
