"""How control comes into each definition: by calls, and by what the platform calls back, each from an instruction."""

from collections.abc import Callable, Iterator, Mapping

from assay.bytecode.program.program import Program
from assay.bytecode.provenance.bodies import Bodies, Body, Call
from assay.bytecode.provenance.heap import Heap
from assay.bytecode.provenance.heap_record import Uses
from assay.bytecode.provenance.links_arrivals import Arrivals
from assay.bytecode.provenance.links_callbacks import Callbacks
from assay.bytecode.provenance.links_direct import DirectLinks
from assay.bytecode.provenance.links_dispatch import Dispatch
from assay.bytecode.provenance.links_intents import Intents
from assay.bytecode.provenance.links_models import CallModels
from assay.bytecode.provenance.links_objects import ObjectSearch
from assay.bytecode.provenance.links_record import Bound, Component, Context, Link
from assay.bytecode.provenance.links_reflection import Reflection
from assay.bytecode.provenance.links_roots import Roots
from assay.reference.models import Models

__all__ = ["Bound", "Component", "Context", "Link", "Links", "ReceiverTypes"]

ReceiverTypes = Callable[[int, int, Context], set[int] | None]
"""Says for a definition, a value and a context which classes the value can be of; None where it may be others."""

_VIRTUAL = ("invoke-virtual", "invoke-interface")
MOST_TARGETS = 40
"""Most targets of one call that are linked."""


class Links:
    """The links of a program; everything is found on demand and kept."""

    def __init__(
        self, program: Program, bodies: Bodies, models: Models, components: Mapping[bytes, Component] | None = None,
        layout_names: frozenset[bytes] | None = None,
    ) -> None:  # fmt: skip
        """Keep the program.

        `components`: what manifests declare, by descriptor; None where there is none to know them from, so that every
        component class counts as declared. `layout_names`: names of methods and descriptors of classes in layouts.
        """
        self._program, self._bodies = program, bodies
        self._models = CallModels(program, models, bodies.boundary)
        self.index = bodies.index
        self._direct = DirectLinks(program, bodies)
        self._dispatch = Dispatch(program, bodies.boundary)
        self._objects = ObjectSearch(program, bodies, self._models, self.index, self._direct)
        self._callbacks = Callbacks(program, bodies, self._models, self._dispatch, self._objects)
        self.heap = Heap(
            program, bodies, self._models, self.index, self._direct, self._dispatch, self._callbacks.around
        )
        self._arrivals = Arrivals(program, bodies, self.index, self._direct, self._dispatch, self._callbacks, self.heap,
                                  self._objects)  # fmt: skip
        self._intents = Intents(program, bodies, self._models, self.index, self.heap, self._dispatch, components)
        self._reflection = Reflection(program, bodies, self.index, self.heap, self._dispatch)
        self._roots = Roots(program, self, self._arrivals, self._models, self.index, self._dispatch,
                            bodies.boundary, components, layout_names)  # fmt: skip
        self.receiver_types: ReceiverTypes = self._known_types
        self._into: dict[int, tuple[Link, ...]] = {}
        self._unknown: dict[int, set[str]] = {}

    def into(self, definition: int) -> tuple[Link, ...]:
        """Return the links into a definition, by caller and place. Raises: IndexError."""
        if definition not in self._into:
            self._into[definition] = ()  # what asks again while this is found gets what calls alone say
            self._into[definition] = self._find(definition)
        return self._into[definition]

    def out_of(self, definition: int, row: int, context: Context = ()) -> tuple[Link, ...]:
        """Return the links from an instruction of a definition, by callee. Raises: IndexError."""
        body = self._bodies.of(definition)
        call = None if body is None else body.call(row)
        if body is None or call is None:
            return ()
        direct = [link for link in self._direct.out_of(body, call) if self._fits(body, call, link, context)]
        if len(direct) > MOST_TARGETS or call.capped:
            self._say(definition, f"a call of {call.name.decode('utf-8', 'backslashreplace')} has too many targets")
        run = self._arrivals.run_here(body, call) if not call.static else []
        further = [*self._intents.out_of(body, call), *self._reflection.out_of(body, call)]
        return _ordered([*direct[:MOST_TARGETS], *run, *self._callbacks.of(body, call), *further])

    def called_back(self, body: Body, call: Call, number: int) -> list[Link]:
        """Return the links from a call into the methods that its model's callback of a number (from 0) runs."""
        return self._callbacks.numbered(body, call, number)

    def is_root(self, definition: int) -> bool:
        """Say whether control comes from outside: into a component's callback, or into what has no link."""
        return self._roots.kind(definition) != ""

    def root_kind(self, definition: int) -> str:
        """Return what makes a definition a root, empty for none.

        component · layout · initialiser · unregistered (an object of it is made, and where it goes is not known) ·
        undeclared (of a component class that nothing declares) · dead.
        """
        return self._roots.kind(definition)

    def reachable_from_roots(self, definition: int) -> bool:
        """Say whether control can come from a root other than an undeclared or dead one."""
        return self._roots.reachable(definition)

    def unknowns(self, definition: int) -> tuple[str, ...]:
        """Return what could not be followed on the way into a definition, sorted."""
        self.into(definition)
        return tuple(sorted(self._unknown.get(definition, set())))

    def reflected(self) -> list[tuple[int, int]]:
        """Return caller and callee of each link that reflection makes, over the whole program."""
        return [(link.caller, link.callee) for link in self._reflection.all]

    def _find(self, definition: int) -> tuple[Link, ...]:
        calls, complete = self._direct.into(definition)
        if not complete:
            self._say(definition, "more calls than are linked")
        found = self._narrowed(definition, [link for link in calls if self._reaches(link)])
        arrived = self._arrivals.into(definition)
        for uses in arrived.uses:
            self._note(definition, uses)
        further = [*self._intents.into(definition), *self._reflection.into(definition)]
        return _ordered([*found, *arrived.links, *further])

    def _narrowed(self, definition: int, calls: list[Link]) -> list[Link]:
        """Leave out calls with other targets too that no object which answers with the definition comes to."""
        open_ = [link for link in calls if self._is_open(link)]
        proved = self._arrivals.proves(definition) if open_ else None
        if proved is None:
            return calls
        return [link for link in calls if link not in open_ or (link.caller, link.row) in proved]

    def _is_open(self, link: Link) -> bool:
        body = self._bodies.of(link.caller)
        call = None if body is None else body.call(link.row)
        return (
            body is not None
            and call is not None
            and body.opcode(link.row).startswith(_VIRTUAL)
            and len(call.targets) > 1
        )

    def _note(self, definition: int, uses: Uses) -> None:
        for lost in uses.lost:
            self._say(definition, lost.why)

    def _say(self, definition: int, what: str) -> None:
        self._unknown.setdefault(definition, set()).add(what)

    def _reaches(self, link: Link) -> bool:
        body = self._bodies.of(link.caller)
        call = None if body is None else body.call(link.row)
        return body is not None and call is not None and self._fits(body, call, link, ())

    def _fits(self, body: Body, call: Call, link: Link, context: Context) -> bool:
        """Say whether the receiver can be of a class that answers with the callee."""
        if len(call.targets) < 2 or not body.opcode(call.row).startswith(_VIRTUAL) or not call.arguments:
            return True
        types = self.receiver_types(body.definition, call.arguments[0], context)
        if types is None:
            return True
        return any(
            self._dispatch.target(each, call.name, call.prototype) == link.callee for each in sorted(types - {-1})
        )

    def _known_types(self, definition: int, value: int, context: Context) -> set[int] | None:
        del context  # objects are found over all callers
        return self._objects.classes(definition, value)


def _ordered(links: list[Link]) -> tuple[Link, ...]:
    return tuple(sorted(dict.fromkeys(links), key=_order))


def _order(link: Link) -> tuple[object, ...]:
    bound = tuple(-1 if each is None else each for each in link.arguments)
    return (link.caller, link.row, link.callee, link.kind, bound, link.elsewhere)


def described(program: Program, links: tuple[Link, ...]) -> Iterator[str]:
    """Yield links as text, for messages."""
    for link in links:
        yield f"{link.kind} {program.method_name(link.caller)}:{link.row} -> {program.method_name(link.callee)}"
