"""What all searches for weaknesses stand on, and what they find."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from assay.applications.application import Application
from assay.applications.tracing import Tracing
from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.origins import Origin, origins
from assay.bytecode.provenance.texts import Constant
from assay.bytecode.sinks.calls import PlacedCall, called, operand
from assay.bytecode.sinks.carried import Pieces
from assay.bytecode.sinks.recipients import Recipients
from assay.model import text

MOST_CALLS = 500
"""Most calls of one method that are looked at in an app."""
MOST_WORK = 120_000
"""Questions worked out in one app after which contents of calls are no longer asked for."""
BUDGET = 1_000
"""Questions worked out for one value."""


class Seen(NamedTuple):
    """A weakness as it is found: the place, and what it is about; `reached`: yes, no or unknown."""

    kind: str
    definition: int
    pc: int
    subject: str
    detail: str
    reached: str


class Scene:
    """One app. `left_out`: calls at which a limit was met."""

    def __init__(self, app: Application) -> None:
        """Take the app; its code is linked on first use."""
        self.app, self.tracing = app, Tracing(app)
        self.evaluator = self.tracing.evaluator
        self.evaluator.machine.budget = BUDGET
        self.ground, self.terms, self.links = self.evaluator.ground, self.evaluator.terms, self.tracing.links
        self.pieces, self.recipients = Pieces(self.evaluator), Recipients(self.evaluator)
        self.left_out = 0

    def called(self, owners: Iterable[bytes], names: Iterable[bytes]) -> Iterator[PlacedCall]:
        """Yield calls by class and name, at most so many of each name."""
        taken = tuple(owners)
        for name in names:
            for number, each in enumerate(called(self.ground, taken, (name,))):
                if number < MOST_CALLS:
                    yield each
                else:
                    self.left_out += 1

    def overriding(self, owners: Iterable[bytes], name: bytes, prototype: bytes) -> Iterator[tuple[Body, int]]:
        """Yield the methods by which classes below some outside ones answer, each with the first such class."""
        told: set[int] = set()
        for class_id in sorted({each for owner in owners for each in self.below(owner)}):
            definition = self.ground.dispatch.target(class_id, name, prototype)
            body = None if definition is None or definition in told else self.tracing.bodies.of(definition)
            if body is not None:
                told.add(body.definition)
                yield body, class_id

    def below(self, owner: bytes) -> list[int]:
        """Return the classes of the program below a class or interface."""
        program = self.ground.program
        symbol = program.linked.names.symbol(owner)
        node = -1 if symbol < 0 else int(program.hierarchy.node_of_symbol[symbol])
        return [] if node < 0 else program.hierarchy.all_subtypes(node).tolist()

    def argument(self, at: PlacedCall, number: int, context: Context = ()) -> int | None:
        """Return the term of an argument as models count them; None where there is none, or no budget is left."""
        value = operand(at.call, number)
        if value is None or self.spent:
            self.left_out += value is not None
            return None
        return self.evaluator.term(at.body.definition, value, context)

    def constants(self, at: PlacedCall, number: int) -> tuple[Constant, ...]:
        """Return the constants that an argument may be; none where it may be anything else."""
        term = self.argument(at, number)
        return () if term is None else self.evaluator.constants(self.evaluator.text(term)) or ()

    def begins(self, term: int | None, label: str = "") -> tuple[Origin, ...]:
        """Return where everything begins that a term holds; `label` says which parts it has (`PARTS`)."""
        if term is None or self.spent:
            return ()
        found = {one.term: one for piece in self.pieces.of(term, label) for one in origins(self.terms, piece.term)}
        return tuple(found.values())

    @property
    def spent(self) -> bool:
        """Whether the budget of the app is used up."""
        return self.pieces.steps > MOST_WORK

    def at(self, kind: str, place: PlacedCall, subject: str, detail: str) -> Seen:
        """Return a weakness at a call."""
        definition = place.body.definition
        return Seen(kind, definition, place.call.pc, subject, detail, self.reached(definition))

    def reached(self, definition: int) -> str:
        """Say whether the system can enter a method on some way."""
        if self.links.reachable_from_roots(definition):
            return "yes"
        return "unknown" if self.links.unknowns(definition) else "no"

    def made(self, class_id: int) -> str:
        """Say whether objects of a class are made in code that the system can enter."""
        places = self.ground.index.made(class_id)
        return (
            "yes" if any(self.reached(each.definition) == "yes" for each in places) else "no" if places else "unknown"
        )

    def class_name(self, class_id: int) -> str:
        """Return the descriptor of a class."""
        return self.ground.program.class_name(class_id)

    @cached_property
    def open_components(self) -> dict[int, str]:
        """The names of exported components that ask for no permission, by class, those above them too."""
        found: dict[int, str] = {}
        for archive in self.app.archives:
            for one in archive.document.manifest.components:
                class_id = self.ground.find_class(f"L{one.name.replace('.', '/')};".encode("utf-8", "surrogatepass"))
                if one.exported and not one.permission and class_id is not None:
                    supers = self.ground.program.supertypes(class_id).tolist()
                    found.update({each: one.name for each in [class_id, *supers] if each not in found})
        return found


def name_of(call: Call) -> str:
    """Return the method that a call names, for people: ``javax.crypto.Cipher.getInstance``."""
    owner = text.from_bytes(call.owner).removeprefix("L").removesuffix(";").replace("/", ".")
    return f"{owner}.{text.from_bytes(call.name)}"
