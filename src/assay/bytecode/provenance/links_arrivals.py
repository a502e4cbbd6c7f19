"""Links into a method that is called on an object: from where the object, followed forwards, is called or handed on."""

from functools import cached_property
from typing import NamedTuple

import numpy as np

from assay.bytecode.program.calls import Precision
from assay.bytecode.program.program import Program
from assay.bytecode.provenance.bodies import Bodies, Body, Call
from assay.bytecode.provenance.heap import Heap
from assay.bytecode.provenance.heap_record import Use, Uses
from assay.bytecode.provenance.links_callbacks import BRIDGE, Callbacks
from assay.bytecode.provenance.links_direct import DirectLinks, direct
from assay.bytecode.provenance.links_dispatch import Dispatch
from assay.bytecode.provenance.links_objects import Made, ObjectSearch
from assay.bytecode.provenance.links_record import Link
from assay.bytecode.provenance.uses_index import UsesIndex

MOST_STARTS = 40
"""Most places where objects of a class begin that are followed."""
MOST_STEPS = 6_000
"""Most operands that are looked at for all objects of one definition."""
_CONTINUATION = b"Lkotlin/coroutines/jvm/internal/BaseContinuationImpl;"
_RESUMED = b"invokeSuspend"
_WEB_VIEW = b"Landroid/webkit/WebView;"
_VIRTUAL = ("invoke-virtual", "invoke-interface")


class Arrived(NamedTuple):
    """Links, and the flows of objects that were followed for them; `all_followed`: no object was left out."""

    links: tuple[Link, ...]
    uses: tuple[Uses, ...]
    all_followed: bool


class Arrivals:
    """Answers are not kept here; those of the heap are."""

    def __init__(
        self, program: Program, bodies: Bodies, index: UsesIndex, direct_links: DirectLinks, dispatch: Dispatch,
        callbacks: Callbacks, heap: Heap, objects: ObjectSearch,
    ) -> None:  # fmt: skip
        """Keep what is read."""
        self._program, self._bodies, self._index, self._direct = program, bodies, index, direct_links
        self._dispatch, self._callbacks, self._heap, self._objects = dispatch, callbacks, heap, objects
        self._by_callee: dict[tuple[Made, bool], tuple[Uses, dict[int, list[Link]]]] = {}

    def into(self, definition: int) -> Arrived:
        """Return the links into a definition from where objects go that answer with it, or lambdas that run it."""
        links: list[Link] = []
        uses: list[Uses] = []
        for body, site in self._direct.lambdas(definition):
            made = Made(-1, body.definition, site.row)
            uses.append(self._heap.uses(body.definition, _result(body, site)))
            links += self._at_uses(definition, made, uses[-1])
        complete = self.is_awaited(definition) and self._objects_into(definition, links, uses)
        return Arrived(tuple(links), tuple(uses), complete)

    def proves(self, definition: int) -> frozenset[tuple[int, int]] | None:
        """Return the only calls, by definition and row, that reach a definition on an object; None where not known.

        It is known where all objects that answer with the definition can be followed to their ends.
        """
        links: list[Link] = []
        uses: list[Uses] = []
        if not self._objects_into(definition, links, uses, whole=True):
            return None
        return frozenset((link.caller, link.row) for link in links)

    def _objects_into(self, definition: int, links: list[Link], uses: list[Uses], *, whole: bool = False) -> bool:
        """Add the links into a definition on objects; return whether all of these were followed.

        `whole`: give up where one of them is lost.
        """
        left = MOST_STEPS
        for class_id in self._dispatch.heirs(definition):
            starts = self.starts(class_id)
            for made, value in starts[:MOST_STARTS]:
                if left <= 0:
                    return False
                walked = self._walked(made, value, class_id, whole=whole)
                if walked is None:
                    return False
                uses.append(walked)
                left -= walked.steps
                links += self._at_uses(definition, made, uses[-1])
            if len(starts) > MOST_STARTS:
                return False
        return True

    def _walked(self, made: Made, value: int, class_id: int, *, whole: bool) -> Uses | None:
        if whole:
            return self._heap.whole(made.definition, value, class_id)
        return self._heap.uses(made.definition, value, (), class_id)

    def is_awaited(self, definition: int) -> bool:
        """Say whether a definition is called in ways that the call graph does not list."""
        signature = int(self._program.linked.definition_signatures[definition])
        bridged = self._dispatch.owner(definition) in self._scripted
        return self._callbacks.may_be_called(definition) or signature in self._capped or bridged

    def starts(self, class_id: int) -> list[tuple[Made, int]]:
        """Return where objects of a class begin: new instances; without any, `this` of its methods."""
        places = self._index.made(class_id)
        found = [start for place in places if (start := self._new(class_id, place.definition, place.pc)) is not None]
        if found:
            return found
        bodies = [
            self._bodies.of(d) for each in self._dispatch.line(class_id) for d in self._dispatch.definitions(each)
        ]
        return [
            (Made(class_id, body.definition, -1), body.parameters[0])
            for body in bodies
            if body is not None and not body.static and body.parameters
        ]

    def run_here(self, body: Body, call: Call) -> list[Link]:
        """Return the links of a call on an object into lambdas that it can be, or, with many targets, its classes."""
        if not body.opcode(call.row).startswith(_VIRTUAL) or not call.arguments:
            return []
        found = []
        for made in self._objects.of(body.definition, call.arguments[0]).made:
            found += self._called_on(body, call, made)
        return found

    def _called_on(self, body: Body, call: Call, made: Made) -> list[Link]:
        """Return the links of a call on a lambda, or on an object of a class."""
        if made.class_id >= 0:
            target = self._dispatch.target(made.class_id, call.name, call.prototype)
            return [direct(body, call, target)] if target is not None and call.capped else []
        maker = self._bodies.of(made.definition)
        site = None if maker is None else maker.call(made.row)
        if site is None or site.name != call.name:
            return []
        return self._callbacks.run_lambda(body, call, made, list(call.arguments[1:]), "lambda", result=True)

    def _new(self, class_id: int, definition: int, pc: int) -> tuple[Made, int] | None:
        body = self._bodies.of(definition)
        row = None if body is None else body.row_at(pc)
        if body is None or row is None:
            return None
        return Made(class_id, definition, row), body.value_of(row)

    def _at_uses(self, definition: int, made: Made, uses: Uses) -> list[Link]:
        """Return the links from where an object goes; where none is told, from where it is kept, or first handed on."""
        found = self._told(definition, made, uses, loose=False)
        return found or self._told(definition, made, uses, loose=True) or self._resumed(definition, made, uses)

    def _told(self, definition: int, made: Made, uses: Uses, *, loose: bool) -> list[Link]:
        known = self._by_callee.get((made, loose))
        if known is None or known[0] is not uses:
            known = self._by_callee[made, loose] = uses, self._all_told(made, uses, loose=loose)
        return known[1].get(definition, [])

    def _all_told(self, made: Made, uses: Uses, *, loose: bool) -> dict[int, list[Link]]:
        """Return the links from where an object goes, by callee."""
        found: dict[int, list[Link]] = {}
        for use in (*uses.uses, *uses.held):
            body = self._bodies.of(use.definition)
            call = None if body is None else body.call(use.row)
            if body is not None and call is not None:
                for link in self._at(body, call, use, made, loose=loose):
                    found.setdefault(link.callee, []).append(link)
        return found

    def _at(self, body: Body, call: Call, use: Use, made: Made, *, loose: bool) -> list[Link]:
        found = self._callbacks.at(body, call, use.operand, made, use.depth, loose=loose)
        if use.operand or use.depth or not body.opcode(call.row).startswith(_VIRTUAL):
            return found
        if made.class_id < 0:
            return [*found, *self._called_on(body, call, made)]
        target = self._dispatch.target(made.class_id, call.name, call.prototype)
        return found if target is None else [*found, direct(body, call, target)]

    def _resumed(self, definition: int, made: Made, uses: Uses) -> list[Link]:
        """Return the links into a coroutine: from the calls that a new one is handed to."""
        body = self._bodies.of(definition)
        if body is None or body.key[1] != _RESUMED or not self._is_continuation(made.class_id):
            return []
        found = []
        for use in uses.uses:
            caller = self._bodies.of(use.definition)
            call = None if caller is None else caller.call(use.row)
            own = self._dispatch.owner(use.definition) == made.class_id
            if caller is not None and call is not None and call.name != b"<init>" and not own and not use.context:
                arguments = (use.value, *(None,) * (len(body.parameters) - 1))
                found.append(Link(use.definition, use.row, definition, arguments, "coroutine", result=False))
        return found

    def _is_continuation(self, class_id: int) -> bool:
        above = [class_id, *self._program.supertypes(class_id).tolist()] if class_id >= 0 else []
        outside = self._program.external_supertypes(class_id) if class_id >= 0 else ()
        wanted = self._program.find_class(_CONTINUATION)
        return wanted in above or any(each.startswith(b"Lkotlin/coroutines/") for each in outside)

    def scripted(self) -> list[tuple[int, int]]:
        """Return caller and callee of what scripts of pages can call: who hands an object over, and its methods."""
        return [
            (caller, each) for caller, above in self._handed_to_scripts for each in self._dispatch.definitions(above)
        ]

    @cached_property
    def _scripted(self) -> frozenset[int]:
        return frozenset(above for _, above in self._handed_to_scripts)

    @cached_property
    def _handed_to_scripts(self) -> tuple[tuple[int, int], ...]:
        """Who hands objects to scripts of pages, and their classes and what these inherit from."""
        found: dict[tuple[int, int], None] = {}
        for place in self._index.calls_named([_WEB_VIEW], BRIDGE):
            body = self._bodies.of(place.definition)
            row = None if body is None else body.row_at(place.pc)
            call = None if body is None or row is None else body.call(row)
            if body is not None and call is not None and len(call.arguments) > 1:
                made = self._objects.of(body.definition, call.arguments[1]).made
                lines = [self._dispatch.line(each.class_id) for each in made if each.class_id >= 0]
                found.update({(body.definition, above): None for line in lines for above in line})
        return tuple(found)

    @cached_property
    def _capped(self) -> frozenset[int]:
        """Signatures of calls with more targets than the call graph lists."""
        calls = self._program.calls
        keys = calls.site_keys[np.unique(calls.site[calls.precision == Precision.CAPPED])]
        return frozenset(calls.targets.signatures[keys[keys >= 0]].tolist())


def _result(body: Body, site: Call) -> int:
    found = body.result(site.row)
    return -1 if found is None else found
