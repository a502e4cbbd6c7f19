"""What the content providers of an app hand out, told apart by the paths of their URIs where the code does so.

Source: Android, android.content.ContentProvider, android.content.UriMatcher.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from assay.applications.application import Application
from assay.applications.entry_points import descriptor
from assay.applications.tracing import Tracing
from assay.artefacts.apk_manifest import ManifestComponent
from assay.bytecode.gates.evaluation import Evaluation
from assay.bytecode.gates.formula import Formula, conjunction
from assay.bytecode.gates.possible import Possible, just
from assay.bytecode.gates.supposed import NOTHING, Place, Supposed
from assay.bytecode.gates.truth import Truth
from assay.bytecode.gates.worlds import ANYTHING
from assay.bytecode.provenance.bodies import Body
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.terms import Guard, Kind
from assay.bytecode.sinks.calls import PlacedCall, called
from assay.facts.comparisons.offered import ANYONE, NOBODY, Offered
from assay.facts.comparisons.outside import PROVIDER, Handle, way_of
from assay.model.errors import Unreadable

_ANSWERS = (b"query", b"call", b"openFile", b"openAssetFile", b"openTypedAssetFile", b"openPipeHelper")
_MATCHER = b"Landroid/content/UriMatcher;"
_NO_MATCH = -1
MOST_PATHS = 64
"""Most paths of one app's matchers; where there are more, none are told apart."""
MOST_ALTERNATIVES = 64
"""Most alternatives of one result."""


class Path(NamedTuple):
    """A path as a matcher knows it, with * and # for any step and any number, and the number that it gives for it."""

    authority: str
    pattern: str
    code: int


class _Given(NamedTuple):
    """One alternative of what a method returns, and under which control flow it is."""

    row: int
    term: int
    guards: tuple[Guard, ...]


class Providers:
    """Finds what the providers of one app hand out."""

    def __init__(self, app: Application, tracing: Tracing) -> None:
        """Take the app."""
        self._app, self._tracing = app, tracing
        self._evaluator, self._gates = tracing.evaluator, tracing.gates
        self._ground = tracing.evaluator.ground

    def all(self) -> Iterator[Offered]:
        """Yield what each declared provider hands out, in the order of the manifests; one of no known code whole."""
        for one in declared(self._app):
            found = [each for definition in self._answers(one.name) for each in self._method(one, definition)]
            whole = (Offered(Handle(PROVIDER, "", name), -1, -1, -1, one.name, access(one)) for name in one.authorities)
            yield from found or whole

    def _answers(self, name: str) -> list[int]:
        """Return the methods by which a provider answers, those of its superclasses in the program too."""
        class_id = self._ground.find_class(descriptor(name))
        if class_id is None:
            return []
        dispatch, found = self._ground.dispatch, dict[int, int]()
        for each in dispatch.line(class_id):
            for definition in dispatch.definitions(each):
                signature = int(self._ground.program.linked.definition_signatures[definition])
                if self._name(definition) in _ANSWERS and dispatch.own(each, signature) is not None:
                    found.setdefault(signature, definition)
        return sorted(found.values())

    def _method(self, one: ManifestComponent, definition: int) -> Iterator[Offered]:
        body = self._tracing.bodies.of(definition)
        if body is None:
            return
        way = way_of(self._name(definition).decode("utf-8", "backslashreplace"))
        execution = self._gates.execution
        for given in self._alternatives(body):
            guarded = (execution.of_block(guard.definition, guard.block, guard.context) for guard in given.guards)
            when = conjunction([execution.within(definition, given.row, ()), *guarded])
            for authority in one.authorities:
                for part in self._parts(authority, when, given):
                    handle = Handle(PROVIDER, way, authority, part)
                    yield Offered(handle, definition, given.row, given.term, one.name, access(one), when=when)

    def _alternatives(self, body: Body) -> Iterator[_Given]:
        """Yield what a method may return, choices within it taken apart."""
        todo = [_Given(row, self._evaluator.term(body.definition, value), ()) for row, value in reversed(body.returns)]
        seen = 0
        while todo and seen < MOST_ALTERNATIVES:
            given = todo.pop()
            own = self._evaluator.terms[given.term]
            seen += 1
            here = [guard for guard in own.guards if guard is not None and guard.definition == body.definition]
            if own.kind is not Kind.CHOICE or not here:
                yield given
                continue
            pairs = zip(own.inputs, own.guards, strict=True)
            inner = [given._replace(term=term, guards=(*given.guards, *_here(guard, body))) for term, guard in pairs]
            todo += reversed(inner)
        yield from reversed(todo)

    def _parts(self, authority: str, when: Formula, given: _Given) -> list[str]:
        """Return the paths for which an alternative is given; the empty one where it is for any."""
        known = [path for path in self._paths if path.authority in {authority, ""}]
        if not known or self._runs(_NO_MATCH, when, given):
            return [""]
        return sorted({path.pattern for path in known if self._runs(path.code, when, given)}) or [""]

    def _runs(self, code: int, when: Formula, given: _Given) -> bool:
        """Return whether an alternative can be given where matchers say `code`."""
        evaluation = self._supposing(code)
        edges = all(evaluation.guard(guard) is not Truth.NO for guard in given.guards)
        return edges and evaluation.of(when) is not Truth.NO

    def _supposing(self, code: int) -> Evaluation:
        if code not in self._worlds:
            values: dict[Place, dict[Context, Possible]] = {place: {(): just(code)} for place in self._matches}
            self._worlds[code] = self._gates.evaluation(ANYTHING, Supposed(values=values) if values else NOTHING)
        return self._worlds[code]

    @cached_property
    def _worlds(self) -> dict[int, Evaluation]:
        return {}

    @cached_property
    def _matches(self) -> list[tuple[int, int]]:
        """Where a matcher is asked."""
        return [(at.body.definition, at.call.pc) for at in self._called(b"match")]

    @cached_property
    def _paths(self) -> list[Path]:
        """The paths that matchers know; an authority that is not known is empty. None where there are too many."""
        found = []
        for at in self._called(b"addURI"):
            values = [self._evaluator.constant(at.body.definition, each) for each in at.call.arguments[1:4]]
            if len(values) == 3 and isinstance(values[1], str) and isinstance(values[2], int):
                found.append(Path(values[0] if isinstance(values[0], str) else "", values[1].strip("/"), values[2]))
        return found if len(found) <= MOST_PATHS else []

    def _called(self, name: bytes) -> Iterator[PlacedCall]:
        yield from called(self._ground, (_MATCHER,), (name,))

    def _name(self, definition: int) -> bytes:
        return self._ground.key(definition)[1]


def _here(guard: Guard | None, body: Body) -> tuple[Guard, ...]:
    """Return a guard of the method itself: only there the alternatives of its result are told apart."""
    return () if guard is None or guard.definition != body.definition else (guard,)


def declared(app: Application) -> Iterator[ManifestComponent]:
    """Yield the providers with authorities that the manifests of an app declare, in their order."""
    for archive in app.archives:
        try:
            stated = archive.document.manifest.components
        except Unreadable:
            continue  # the package analyser has said so
        yield from (one for one in stated if one.kind == PROVIDER and one.name and one.authorities)


def access(one: ManifestComponent) -> str:
    """Return who can read a provider: any app, one with a permission, or none but those of the same user id."""
    if not one.exported:
        return NOBODY
    needed = one.read_permission or one.permission
    return f"permission {needed}" if needed else ANYONE
