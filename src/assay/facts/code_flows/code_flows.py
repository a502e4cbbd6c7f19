"""The analyser of flows: every call of an app that sends, writes or shows, and what of the phone is handed to it."""

from collections.abc import Iterator

from assay.applications.application import Application
from assay.applications.tracing import Tracing
from assay.bytecode.provenance.bodies import Bodies
from assay.bytecode.provenance.chains import MAX_CHAINS
from assay.bytecode.provenance.links_record import MOST_CONTEXT, Context
from assay.bytecode.provenance.origins import CONSTANT, UNFOLLOWED
from assay.bytecode.sinks.carried import MOST_DEPTH
from assay.bytecode.sinks.operations import operations
from assay.facts.code_flows.found import MOST_CALLS, MOST_WORK, Finder, Flow
from assay.model import text
from assay.model.coverage import NotFollowed
from assay.model.locator import InnerPlace
from assay.registry import In, analyser
from assay.vocabulary.comparisons import CodeFlow

_LABELS = {CONSTANT: "constant", UNFOLLOWED: "unknown"}


@analyser(
    question="What does this app read of the phone and its user, and where does its code send or write that?",
    reads=Application,
    emits=CodeFlow,
    blind_to=(
        "what native code, scripts and code that is loaded later read or send",
        "calls of the platform and of libraries of which no model says that they read or send something",
        "values that pass through reflection by computed names, through other apps, or through a server and back",
        "recipients that are not named in the code: of those, only the beginnings of addresses",
        "whether a flow ever runs: conditions on the way are not examined here",
        "that a branch depends on a value: only content is followed, not what can be concluded from it",
        f"content that lies deeper than {MOST_DEPTH} objects in objects",
        f"which of more than {MAX_CHAINS} ways to one call, and of callers beyond {MOST_CONTEXT}, a flow takes",
        f"calls beyond the first {MOST_CALLS} of one label in an app, and beyond {MOST_WORK} questions on values",
    ),
)
def code_flows(app: Application) -> Iterator[In]:
    """Yield flows of the app's own code first, by label of the sink, then in the order of code; the same flow once."""
    if not app.code.application_definitions:
        return
    tracing = Tracing(app)
    finder = Finder(tracing, app.package)
    told: set[tuple[object, ...]] = set()
    for flow in finder.all():
        row = _row(app.package, tracing, flow)
        key = (row.place, row.source, row.source_place, row.source_api, row.recipient, row.through, row.entry)
        if key not in told:
            told.add(key)
            yield In(app.code.parts[int(app.code.definition_part[flow.body.definition])].sha256, row)
    for what, count in sorted(finder.left_out.items()):
        yield In(app.base.sha256, NotFollowed(what, count))


def _row(package: str, tracing: Tracing, flow: Flow) -> CodeFlow:
    source = tracing.evaluator.terms[flow.origin.term]
    constant = flow.origin.label == CONSTANT
    return CodeFlow(
        place=str(InnerPlace("method", _at(tracing, flow.body.definition, flow.call.pc))),
        package=package,
        source=_LABELS.get(flow.origin.label, flow.origin.label),
        source_api=str(source.value) if constant else source.name,
        source_place=_at(tracing, source.definition, source.pc) if source.definition >= 0 <= source.pc else "",
        sink=flow.model.sink,
        sink_api=f"{text.from_bytes(flow.call.owner)}->{text.from_bytes(flow.call.name)}",
        recipient=flow.recipients,
        through=operations(tracing.evaluator, flow.origin.way),
        entry=_entry(tracing, flow),
        chain=_chain(tracing, flow.chain.context),
        unknowns=flow.unknowns,
    )


def _at(tracing: Tracing, definition: int, pc: int) -> str:
    return f"{tracing.name(definition)}+0x{pc:x}"


def _entry(tracing: Tracing, flow: Flow) -> str:
    top = flow.chain.context[0].caller if flow.chain.context else flow.body.definition
    roots = tracing.gates.execution.roots(top)
    return tracing.name(roots[0]) if roots else ""


def _chain(tracing: Tracing, context: Context) -> tuple[str, ...]:
    return tuple(
        f"{_at(tracing, link.caller, _pc(tracing.bodies, link.caller, link.row))} ({link.kind})" for link in context
    )


def _pc(bodies: Bodies, definition: int, row: int) -> int:
    body = bodies.of(definition)
    return 0 if body is None else body.pc(row)
