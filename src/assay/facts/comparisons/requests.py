"""Where a comparison takes its list from outside its own app, as rows."""

from collections.abc import Iterator

from assay.applications.tracing import Tracing
from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.terms import Kind, Term
from assay.facts.comparisons.found import Found
from assay.facts.comparisons.outside import FILE, INTENT, PACKAGE, PROVIDER, Handle, Names, of_uri, way_of
from assay.model.locator import InnerPlace
from assay.reference.models_records import Store
from assay.vocabulary.comparisons import Comparison
from assay.vocabulary.offers import ListRequest

_WAYS = {"receiver": "broadcast"}
MOST_ACTIONS = 32
"""Most actions of one component that are told."""


class Requests:
    """Tells the requests of the comparisons of one app."""

    def __init__(self, tracing: Tracing) -> None:
        """Take what follows values."""
        self._tracing, self._names = tracing, Names(tracing)
        self._terms = tracing.evaluator.terms

    def of(self, found: Found, row: Comparison) -> Iterator[ListRequest]:
        """Yield what the list of a comparison is asked for, each once, in the order of its beginnings."""
        told: set[Handle] = set()
        for origin in found.list_side.origins:
            term = self._terms[origin.term]
            for handle in self._handles(term):
                if handle not in told:
                    told.add(handle)
                    yield ListRequest(
                        place=self._place(term), comparison=row.comparison, package=row.package,
                        channel=handle.channel, way=handle.way, handle=handle.handle, part=handle.part,
                    )  # fmt: skip

    def _handles(self, term: Term) -> Iterator[Handle]:
        placed = self._names.called(term)
        store = None if term.model is None else term.model.store
        if placed is None or store is None:
            return
        match store.kind:
            case "provider":
                yield self._provider(term, placed[1])
            case "bundle-extra":
                yield from self._intent(term)
            case "file":
                if path := self._names.shared_file(*placed, store, term.context):
                    yield Handle(FILE, "file", path)
            case "asset" | "resource":
                yield from self._package(term, *placed, store)

    def _provider(self, term: Term, call: Call) -> Handle:
        name = term.name.partition(":")[2] if term.kind is Kind.STORE else ""
        authority, path = of_uri(name) or ("", "")
        return Handle(PROVIDER, way_of(call.name.decode("utf-8", "backslashreplace")), authority, path)

    def _intent(self, term: Term) -> Iterator[Handle]:
        """Yield the class of the component that takes the intent, and the actions that it listens to."""
        key = term.name.rpartition("/")[2] if term.kind is Kind.STORE else ""
        top = term.context[0].caller if term.context else term.definition
        for name, role, actions in self._components(top):
            way = _WAYS.get(role, role)
            yield Handle(INTENT, way, name, key)
            yield from (Handle(INTENT, way, action, key) for action in actions[:MOST_ACTIONS])

    def _components(self, definition: int) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Yield the components that run a method: of its class, or of one below."""
        ground = self._tracing.evaluator.ground
        owner = ground.dispatch.owner(definition)
        if owner < 0:
            return
        for each in (owner, *ground.program.subtypes(owner).tolist()):
            descriptor = ground.program.class_name(each)
            found = self._tracing.components.get(descriptor.encode("utf-8", "surrogatepass"))
            if found is not None:
                yield descriptor[1:-1].replace("/", "."), found.role, tuple(sorted(found.actions))

    def _package(self, term: Term, body: Body, call: Call, store: Store) -> Iterator[Handle]:
        package = self._names.foreign_package(body, call, term.context)
        if package:
            yield Handle(PACKAGE, store.kind, package, term.name.partition(":")[2] if term.kind is Kind.STORE else "")

    def _place(self, term: Term) -> str:
        return str(InnerPlace("method", f"{self._tracing.name(term.definition)}+0x{term.pc:x}"))
