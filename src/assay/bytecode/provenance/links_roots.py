"""Where control comes in from outside, and what can be reached from there."""

import heapq
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Protocol

from assay.bytecode.program.access import CONSTRUCTOR, INTERFACE, STATIC
from assay.bytecode.program.calls import Precision
from assay.bytecode.program.names import descriptors
from assay.bytecode.program.program import Program
from assay.bytecode.program.symbols import I4
from assay.bytecode.provenance.boundary import Boundary
from assay.bytecode.provenance.links_arrivals import Arrivals
from assay.bytecode.provenance.links_dispatch import Dispatch
from assay.bytecode.provenance.links_models import CallModels
from assay.bytecode.provenance.links_reach import NEVER, Reach
from assay.bytecode.provenance.links_record import Component, Link
from assay.bytecode.provenance.uses_index import Place, UsesIndex

COMPONENT, LAYOUT, INITIALISER, UNREGISTERED = "component", "layout", "initialiser", "unregistered"
UNDECLARED, DEAD = "undeclared", "dead"
LIVE = frozenset({COMPONENT, LAYOUT})
"""Roots that the system comes to by itself; an unregistered one counts where its object is made by reachable code."""
MOST_VISITED = 400
"""Most definitions that are gone through upwards for one question; beyond them the answer is yes."""

BASES = (
    b"Landroid/app/Activity;", b"Landroid/app/Service;", b"Landroid/content/BroadcastReceiver;",
    b"Landroid/content/ContentProvider;", b"Landroid/app/Application;", b"Landroid/app/backup/BackupAgent;",
    b"Landroid/app/Instrumentation;",
)  # fmt: skip
"""Classes whose subclasses the system makes only where a manifest names them."""
INFLATED = (
    b"Landroid/view/View;", b"Landroid/app/Fragment;", b"Landroidx/fragment/app/Fragment;",
    b"Landroid/preference/Preference;", b"Landroidx/preference/Preference;",
)  # fmt: skip
"""Classes whose subclasses layouts name."""
_ACTIVITY, _VIEW = b"Landroid/app/Activity;", b"Landroid/view/View;"
_ON = b"on"
_REGISTERED = frozenset({"listener", "post", "thread", "message", "task", "future", "lambda"})
_SYNTHETIC_ONLY, _BRIDGE_TOO = 0x1000, 0x1040


class Into(Protocol):
    """Gives the links into a definition."""

    def into(self, definition: int) -> tuple[Link, ...]:
        """Return them."""

    def reflected(self) -> list[tuple[int, int]]:
        """Return caller and callee of each link that reflection makes."""


class Roots:
    """Answers are kept by definition."""

    def __init__(
        self, program: Program, links: Into, arrivals: Arrivals, models: CallModels, index: UsesIndex,
        dispatch: Dispatch, boundary: Boundary, components: Mapping[bytes, Component] | None,
        layout_names: frozenset[bytes] | None,
    ) -> None:  # fmt: skip
        """Keep what decides."""
        self._program, self._links, self._arrivals, self._models = program, links, arrivals, models
        self._index, self._dispatch, self._boundary = index, dispatch, boundary
        self._components, self._layouts = components, layout_names
        self._declared = None if components is None else self._lines(components)
        self._kinds: dict[int, str] = {}
        self._reachable: dict[int, bool] = {}

    def kind(self, definition: int) -> str:
        """Return what makes a definition a root, empty for none."""
        if definition not in self._kinds:
            self._kinds[definition] = self._kind(definition)
        return self._kinds[definition]

    def reachable(self, definition: int) -> bool:
        """Say whether a definition can be reached from a root that the system comes to."""
        if definition not in self._reachable:
            self._reachable[definition] = self._search(definition)
        return self._reachable[definition]

    def _kind(self, definition: int) -> str:
        owner = self._dispatch.owner(definition)
        if owner < 0:
            return DEAD
        name, prototype = self._name(definition)
        if self._is_clicked(definition, owner, name, prototype) and not self._registered(definition):
            return LAYOUT
        if self._is_component(owner) and self._is_lifecycle(definition, name):
            return COMPONENT
        return "" if self._links.into(definition) else self._unlinked(definition, owner, name)

    def _unlinked(self, definition: int, owner: int, name: bytes) -> str:
        """Return what a definition is into which there is no link."""
        if name == b"<clinit>":
            return INITIALISER if self._is_used(owner) else DEAD
        if self._is_component(owner) and self._is_callback(definition):
            return COMPONENT
        return self._other(definition, owner)

    def _other(self, definition: int, owner: int) -> str:
        if self._base(owner) and not self._is_component(owner):
            return UNDECLARED
        if self._is_inflated(owner) and self._is_callback(definition):
            return LAYOUT
        return UNREGISTERED if self._is_callback(definition) and self._goes_on(definition) else DEAD

    def _goes_on(self, definition: int) -> bool:
        """Say whether objects that answer with a definition are made, and some go where they cannot be followed."""
        if not any(self._is_made(each) for each in self._dispatch.heirs(definition)):
            return False
        arrived = self._arrivals.into(definition)
        return not arrived.all_followed or any(not uses.complete for uses in arrived.uses)

    def _is_made(self, class_id: int) -> bool:
        """Say whether code makes objects of a class, or names it so that others can."""
        return bool(self._makers(class_id))

    def _is_lifecycle(self, definition: int, name: bytes) -> bool:
        """Say whether a method of a component is one by which the system enters it: its constructor, or a callback."""
        named = name.startswith(_ON) or name in {b"<init>", b"query", b"insert", b"update", b"delete", b"call"}
        made = name == b"<init>" and self._name(definition)[1] == b"()V"
        registered = self._overrides_listener(definition)
        return made or (named and self._is_callback(definition) and not registered)

    def _overrides_listener(self, definition: int) -> bool:
        """Say whether a method may be one of an interface that a class implements rather than of a component."""
        if len(self._program.overrides(definition)) and not self._inherited(definition):
            return True
        return self._registered(definition)

    def _registered(self, definition: int) -> bool:
        """Say whether code hands an object over on which the platform calls a method back."""
        return any(link.kind in _REGISTERED for link in self._links.into(definition))

    def _inherited(self, definition: int) -> bool:
        """Say whether what a method overrides is in a superclass, which is a component too."""
        owners = [self._dispatch.owner(each) for each in self._program.overrides(definition).tolist()]
        return any(self._base(each) for each in owners if each >= 0)

    def _is_callback(self, definition: int) -> bool:
        access = int(self._program.linked.definition_access[definition])
        lambda_body = access & _BRIDGE_TOO == _SYNTHETIC_ONLY and self._name(definition)[0].startswith(b"lambda$")
        return bool(self._boundary.callbacks[definition]) and not lambda_body

    def _is_clicked(self, definition: int, owner: int, name: bytes, prototype: bytes) -> bool:
        """Say whether a method is one that a layout of an activity can name as a listener of clicks."""
        access = int(self._program.linked.definition_access[definition])
        shaped = prototype == b"(Landroid/view/View;)V" and access & (1 | STATIC | CONSTRUCTOR) == 1
        named = self._layouts is None or name in self._layouts
        return shaped and named and self._is_component(owner) and self._is_below(owner, (_ACTIVITY,))

    def _is_inflated(self, owner: int) -> bool:
        named = self._layouts is None or self._descriptor(owner) in self._layouts
        return named and self._is_below(owner, INFLATED) and self._constructs(owner)

    def _constructs(self, owner: int) -> bool:
        """Say whether a layout can make objects of a class: by context and attributes, or, of fragments, by nothing."""
        found = [self._name(each) for each in self._dispatch.definitions(owner)]
        prototypes = [descriptors(prototype) or [] for name, prototype in found if name == b"<init>"]
        return any(b"Landroid/util/AttributeSet;" in each or len(each) == 1 for each in prototypes)

    def _is_used(self, owner: int) -> bool:
        symbol = int(self._program.linked.class_symbols[owner])
        return bool(self._index.types(symbol, range(256))) or bool(self._users(owner)) or self._is_component(owner)

    def _search(self, definition: int) -> bool:
        """Go upwards until a live root is met: by calls that are certain first, and those that lie nearest to one."""
        if int(self._distances[definition]) == NEVER:
            return False
        seen, todo = {definition}, [(False, int(self._distances[definition]), definition)]
        while todo:
            whole, distance, each = heapq.heappop(todo)
            if self._reachable.get(each) or self._is_live(each, whole=whole) or len(seen) > MOST_VISITED:
                return True
            above = self._above(each) if whole else self._callers(each)
            new = [one for one in above if one not in seen and int(self._distances[one]) != NEVER]
            seen.update(new)
            if not whole:
                heapq.heappush(todo, (True, distance, each))
            for one in new:
                heapq.heappush(todo, (False, int(self._distances[one]), one))
        self._reachable.update(dict.fromkeys(seen, False))
        return False

    def _is_live(self, definition: int, *, whole: bool) -> bool:
        """Say whether the system comes to a definition by itself; links are looked at only where `whole`."""
        owner = self._dispatch.owner(definition)
        system = self._is_component(owner) or self._is_inflated(owner) if owner >= 0 else False
        return (whole or system) and self.kind(definition) in LIVE

    def _callers(self, definition: int) -> list[int]:
        """Return the definitions whose calls reach just this one, whatever objects there are."""
        calls = self._program.calls
        rows = calls.to_definition(definition)
        found: list[int] = calls.caller[rows[calls.precision[rows] == Precision.EXACT]].tolist()
        return sorted({each for each in found if not self._boundary.has(each)})

    @cached_property
    def _distances(self) -> I4:
        """How far each definition lies below what the system comes to, by edges that are too many, never too few."""
        classes = sorted(self._made_by_the_system())
        named = [each for one in classes for each in self._dispatch.definitions(one)]
        further = [*self._links.reflected(), *self._arrivals.scripted()]
        return Reach(self._program, self._boundary.callbacks, further).distances(named, classes)

    def _made_by_the_system(self) -> set[int]:
        """Return the classes of components, and those that layouts can name."""
        hierarchy, names = self._program.hierarchy, self._program.linked.names
        bases = INFLATED if self._declared is not None else (*INFLATED, *BASES)
        found = set(self._declared or ())
        for node, symbol in enumerate(hierarchy.externals.tolist(), self._program.linked.classes):
            if any(self._models.is_below(names.symbols.of(symbol), each) for each in bases):
                found.update(hierarchy.all_subtypes(node).tolist())
        for base in bases:
            inside = self._program.find_class(base)
            found.update([] if inside is None else [inside, *self._program.subtypes(inside).tolist()])
        return found

    def _above(self, definition: int) -> list[int]:
        """Return the definitions from which control comes into one, ascending."""
        kind = self.kind(definition)
        found = {link.caller for link in self._links.into(definition)}
        if kind == UNREGISTERED:
            classes = self._dispatch.heirs(definition)
            found.update(place.definition for each in classes for place in self._makers(each))
        if kind == INITIALISER:
            found.update(self._users(self._dispatch.owner(definition)))
        if not kind:
            found.update(self._program.calls.callers(definition).tolist())
        return sorted(found)

    def _makers(self, class_id: int) -> list[Place]:
        dotted = self._descriptor(class_id)[1:-1].replace(b"/", b".")
        return [*self._index.made(class_id), *self._index.named(class_id), *self._index.strings(dotted)]

    def _users(self, owner: int) -> list[int]:
        """Return what uses a class so that its initialiser runs: makes an object, or enters one of its methods."""
        entered = [each for each in self._dispatch.definitions(owner) if self._name(each)[0] != b"<clinit>"]
        made = [place.definition for place in self._index.made(owner)]
        fields = [place.definition for place in self._index.static_uses(owner)]
        return sorted({*made, *fields, *entered})

    def _is_component(self, owner: int) -> bool:
        """Say whether objects of a class are components that a manifest names."""
        return self._base(owner) if self._declared is None else owner in self._declared

    def _base(self, owner: int) -> bool:
        return self._is_below(owner, BASES)

    def _is_below(self, owner: int, above: Iterable[bytes]) -> bool:
        name = self._descriptor(owner)
        return any(self._models.is_below(name, each) for each in above)

    def _lines(self, components: Iterable[bytes]) -> frozenset[int]:
        """Return the classes of components and their superclasses in the program."""
        found = [each for name in components if (each := self._program.find_class(name)) is not None]
        flags = self._program.linked.class_flags
        lines = {above for each in found for above in self._dispatch.line(each)}
        return frozenset(each for each in lines if not int(flags[each]) & INTERFACE)

    def _descriptor(self, owner: int) -> bytes:
        linked = self._program.linked
        symbol = int(linked.class_symbols[owner])
        return linked.names.symbols.of(symbol) if symbol >= 0 else b""

    def _name(self, definition: int) -> tuple[bytes, bytes]:
        linked = self._program.linked
        signature = int(linked.definition_signatures[definition])
        return linked.names.signature_parts(signature) if signature >= 0 else (b"", b"")
