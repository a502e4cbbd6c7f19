"""Links into components and workers: from where an intent or a request is started that names their class or an action.

Followed forwards: a class constant, or the text of an action that a manifest declares, into an intent, what the intent
is put into (pending intents, component names, requests), and on to the call that starts it.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from assay.bytecode.program.program import Program
from assay.bytecode.provenance.bodies import Bodies, Body, Call
from assay.bytecode.provenance.heap import Heap
from assay.bytecode.provenance.heap_record import Use
from assay.bytecode.provenance.links_dispatch import Dispatch
from assay.bytecode.provenance.links_models import CallModels, parameter_types
from assay.bytecode.provenance.links_record import Bound, Component, Link
from assay.bytecode.provenance.uses_index import Place, UsesIndex

MOST_NAMED = 64
"""Most places that name one class or action."""
MOST_HOLDERS = 48
"""Most things between a name and the calls that start it."""

INTENT = b"Landroid/content/Intent;"
_ACTIVITY, _SERVICE, _RECEIVER = (
    b"Landroid/app/Activity;", b"Landroid/app/Service;", b"Landroid/content/BroadcastReceiver;",
)  # fmt: skip
_DECLARED = {_ACTIVITY: "component", _SERVICE: "service", _RECEIVER: "broadcast"}
_WORKERS = (b"Landroidx/work/ListenableWorker;", b"Landroidx/work/Worker;", b"Landroidx/work/CoroutineWorker;")
_ENTERED: dict[bytes, int | None] = {
    b"onCreate": None, b"onStart": None, b"onResume": None, b"onNewIntent": 1, b"onStartCommand": 1, b"onBind": 1,
    b"onHandleIntent": 1, b"onHandleWork": 1, b"onReceive": 2, b"onStartJob": None, b"doWork": None, b"startWork": None,
}  # fmt: skip
"""Methods that a start leads to, and their parameter that is the intent."""
_HOLDERS = frozenset({
    INTENT, b"Landroid/content/ComponentName;", b"Landroid/app/PendingIntent;", b"Landroid/app/job/JobInfo$Builder;",
    b"Landroid/app/job/JobInfo;", b"Landroidx/work/OneTimeWorkRequest$Builder;", b"Landroidx/work/WorkRequest$Builder;",
    b"Landroidx/work/PeriodicWorkRequest$Builder;", b"Landroidx/work/OneTimeWorkRequest;",
    b"Landroidx/work/WorkRequest;", b"Landroidx/work/PeriodicWorkRequest;",
})  # fmt: skip
"""Classes of what carries the name of a class to where it is started."""
_STARTS = frozenset(
    b"startActivity startActivityForResult startActivities startService startForegroundService bindService "
    b"sendBroadcast sendOrderedBroadcast sendStickyBroadcast sendBroadcastSync enqueueWork schedule enqueue "
    b"enqueueUniqueWork enqueueUniquePeriodicWork set setExact setRepeating setInexactRepeating setWindow "
    b"setAndAllowWhileIdle setExactAndAllowWhileIdle setAlarmClock startIntentSender send requestLocationUpdates "
    b"setContentIntent setDeleteIntent setOnClickPendingIntent launch".split()
)
"""Names of methods that start what they are handed, at once or later."""


class _Holder(NamedTuple):
    """A value that carries the name; `intent`: where the intent in it is (definition, value), if it is in one."""

    definition: int
    value: int
    intent: tuple[int, int] | None


class Start(NamedTuple):
    """A call that starts a component; `intent` is where the intent that it is given is."""

    definition: int
    row: int
    intent: tuple[int, int] | None
    pending: bool


class Intents:
    """Starts are kept by class."""

    def __init__(
        self, program: Program, bodies: Bodies, models: CallModels, index: UsesIndex, heap: Heap, dispatch: Dispatch,
        components: Mapping[bytes, Component] | None,
    ) -> None:  # fmt: skip
        """Keep what is followed."""
        self._program, self._bodies, self._models, self._index = program, bodies, models, index
        self._heap, self._dispatch, self._components = heap, dispatch, components
        self._starts: dict[int, tuple[Start, ...]] = {}

    def into(self, definition: int) -> list[Link]:
        """Return the links into a method by which a started component is entered."""
        body = self._bodies.of(definition)
        if body is None or body.static or body.key[1] not in _ENTERED:
            return []
        heirs = self._dispatch.heirs(definition)
        return [link for each in heirs for start in self._of(each) for link in self._links(body, each, start)]

    def out_of(self, body: Body, call: Call) -> list[Link]:
        """Return the links from a call that starts components."""
        if call.name not in _STARTS:
            return []
        found = []
        for class_id, start in self._table.get((body.definition, call.row), []):
            for name in sorted(_ENTERED):
                for definition in self._entered(class_id, name):
                    callee = self._bodies.of(definition)
                    found += [] if callee is None else self._links(callee, class_id, start)
        return found

    def _entered(self, class_id: int, name: bytes) -> list[int]:
        counts = range(4)
        return [each for count in counts for each in self._dispatch.named(class_id, name, count)]

    @cached_property
    def _table(self) -> dict[tuple[int, int], list[tuple[int, Start]]]:
        """The starts of all classes that can be started, by definition and row."""
        found: dict[tuple[int, int], list[tuple[int, Start]]] = {}
        for base in (*_DECLARED, *_WORKERS):
            for class_id in self._below(base):
                for start in self._of(class_id):
                    rows = found.setdefault((start.definition, start.row), [])
                    if (class_id, start) not in rows:
                        rows.append((class_id, start))
        return found

    def _below(self, base: bytes) -> list[int]:
        """Return the classes below a class, by what the program and the data on platform classes say."""
        names, hierarchy = self._program.linked.names, self._program.hierarchy
        outside = [names.symbols.of(symbol) for symbol in hierarchy.externals.tolist()]
        own = [each for each in outside if self._models.is_below(each, base) and each != b"Ljava/lang/Object;"]
        nodes = [int(hierarchy.node_of_symbol[names.symbol(each)]) for each in dict.fromkeys([base, *own])
                 if names.symbol(each) >= 0]  # fmt: skip
        return sorted({int(each) for node in nodes if node >= 0 for each in hierarchy.all_subtypes(node)})

    def _links(self, callee: Body, class_id: int, start: Start) -> list[Link]:
        kind = self._kind(class_id)
        if not kind:
            return []
        width, at = len(callee.parameters), _ENTERED[callee.key[1]]
        arguments: list[int | None] = [None] * width
        bound: tuple[Bound, ...] = ()
        if at is not None and at < width and start.intent is not None:
            if start.intent[0] == start.definition:
                arguments[at] = start.intent[1]
            else:
                bound = (Bound(at, *start.intent),)
        sort = "intent" if start.pending else kind
        return [
            Link(start.definition, start.row, callee.definition, tuple(arguments), sort, result=False, elsewhere=bound)
        ]

    def _kind(self, class_id: int) -> str:
        """Return the kind of links into a class; empty where it is no component, or one that no manifest declares."""
        name = self._descriptor(class_id)
        if any(self._models.is_below(name, each) for each in _WORKERS):
            return "job"
        undeclared = self._components is not None and name not in self._components
        kinds = [kind for base, kind in _DECLARED.items() if self._models.is_below(name, base)]
        return "" if undeclared or not kinds else kinds[0]

    def _of(self, class_id: int) -> tuple[Start, ...]:
        if class_id not in self._starts:
            self._starts[class_id] = self._find(class_id) if self._kind(class_id) else ()
        return self._starts[class_id]

    def _find(self, class_id: int) -> tuple[Start, ...]:
        places = self._index.named(class_id)[:MOST_NAMED]
        component = (self._components or {}).get(self._descriptor(class_id))
        for action in component.actions if component is not None else ():
            places += self._index.strings(action.encode("utf-8", "surrogatepass"))[:MOST_NAMED]
        named = [start for place in places for start in self._from(place)]
        return tuple(sorted(set(named), key=lambda start: (start[:2], start.intent or (-1, -1), start.pending)))

    def _from(self, place: Place) -> list[Start]:
        body = self._bodies.of(place.definition)
        row = None if body is None else body.row_at(place.pc)
        if body is None or row is None:
            return []
        found: list[Start] = []
        seen: set[_Holder] = set()
        todo = [_Holder(place.definition, body.value_of(row), None)]
        while todo and len(seen) < MOST_HOLDERS:
            holder = todo.pop()
            if holder in seen or holder.value < 0:
                continue
            seen.add(holder)
            uses = self._heap.uses(holder.definition, holder.value)
            for use in (*uses.uses, *uses.held):
                todo += self._carried(use, holder, found)
        return found

    def _carried(self, use: Use, holder: _Holder, found: list[Start]) -> list[_Holder]:
        """Add a start; return what carries the name on behind a call."""
        body = self._bodies.of(use.definition)
        call = None if body is None else body.call(use.row)
        if body is None or call is None:
            return []
        if (
            use.operand < len(parameter_types(call))
            and call.name in _STARTS
            and (use.operand or call.owner in _HOLDERS)
        ):
            return self._started(body, call, use, holder, found)
        carrier = call.owner in _HOLDERS
        into = call.arguments[0] if carrier and use.operand and not call.static else -1
        given = call.prototype.rpartition(b")")[2]
        result = body.result(call.row) if given in _HOLDERS and carrier else None
        values = [each for each in (into, result) if each is not None and each >= 0]
        return [self._next(body, call, use, holder, value) for value in values]

    def _started(self, body: Body, call: Call, use: Use, holder: _Holder, found: list[Start]) -> list[_Holder]:
        if holder.intent is not None or self._is_request(call, use):
            pending = parameter_types(call)[use.operand] != INTENT
            intent = holder.intent if pending else (use.definition, use.value)
            found.append(Start(body.definition, call.row, intent, pending))
        return []

    def _is_request(self, call: Call, use: Use) -> bool:
        """Say whether a call starts what is no intent: a job or a work request."""
        return parameter_types(call)[use.operand] in _HOLDERS

    def _next(self, body: Body, call: Call, use: Use, holder: _Holder, value: int) -> _Holder:
        """Return what carries the name behind a call: an intent from now on, or what an intent was put into."""
        if call.owner == INTENT:
            return _Holder(body.definition, value, (body.definition, value))
        intent = (use.definition, use.value) if parameter_types(call)[use.operand] == INTENT else holder.intent
        return _Holder(body.definition, value, intent)

    def _descriptor(self, class_id: int) -> bytes:
        linked = self._program.linked
        symbol = int(linked.class_symbols[class_id])
        return linked.names.symbols.of(symbol) if symbol >= 0 else b""
