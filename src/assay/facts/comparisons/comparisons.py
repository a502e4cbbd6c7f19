"""The analyser of comparisons: every site of an app that is worth following, followed."""

from collections.abc import Iterator
from itertools import chain

from assay.applications.application import Application
from assay.applications.tracing import Tracing
from assay.bytecode.gates.states import MAX_STATES
from assay.bytecode.sites.program import program_sites
from assay.bytecode.sites.record import SAID
from assay.facts.comparisons.found import Finder
from assay.facts.comparisons.requests import Requests
from assay.facts.comparisons.rows import Rows
from assay.facts.comparisons.states import MAX_WORK as STATES_WORK
from assay.facts.comparisons.states import GateStates
from assay.facts.comparisons.witnesses import NOTHING, Witnesses
from assay.facts.comparisons.witnesses import rows as witnessed
from assay.model.coverage import NotFollowed
from assay.registry import In, analyser
from assay.vocabulary.comparisons import Comparison, GateTruth, GateVariable, UnfollowedEdge, WitnessStep
from assay.vocabulary.offers import ListRequest
from assay.vocabulary.states import GateState

MAX_WORK = 1_500_000
"""Work for all sites of an app (`Finder.spent`); those that look least like a list are left out beyond it."""
MAX_SITES = 4_000
"""Most sites of an app that are followed, those that look most like a list first."""


@analyser(
    question="Which text is compared with which list here, with what consequence, behind which gate?",
    reads=Application,
    emits=(Comparison, GateTruth, GateVariable, UnfollowedEdge, WitnessStep, ListRequest, GateState),
    blind_to=(
        "comparisons in native code and in scripts",
        "values that pass through native code, through reflection by computed names, or through loaded code",
        "components and code that no manifest names and nothing starts",
        "code under the package names of known libraries: what models do not say of it is unknown",
        f"sites beyond the first {MAX_SITES} of an app, or beyond {MAX_WORK} steps for all of them",
        f"gates of more than {MAX_STATES} combinations of settings, and beyond {STATES_WORK} steps for those of an app",
    ),
)
def comparisons(app: Application) -> Iterator[In]:
    """Yield the rows of each comparison in the order of sites."""
    if not app.code.application_definitions:
        return
    tracing = Tracing(app)
    sites = program_sites(app.code)
    kept = sites.taken(sites.kept)
    finder, rows, witnesses = Finder(tracing), Rows(app.package, tracing), Witnesses(tracing)
    requests, states = Requests(tracing), GateStates(tracing)
    unshown = followed = 0
    for site in sorted(kept, key=lambda each: -each.score)[:MAX_SITES]:
        if finder.spent - states.spent > MAX_WORK:
            break
        followed += 1
        part = app.code.parts[int(app.code.definition_part[site.definition])]
        for found in finder.at(site):
            row = rows.comparison(found)
            witness = witnesses.of(found) if row.path_shown else NOTHING
            unshown += bool(witness.missing)
            beside = requests.of(found, row), states.of(found, row)
            for each in chain(rows.of(found, row), witnessed(row, witness), *beside):
                yield In(part.sha256, each)
    told = {f"candidates left out: {SAID[reason]}": count for reason, count in sites.left_out().items()}
    told |= {"comparisons without a whole witness": unshown, "sites of which not all ways were gone": finder.cut,
             "sites beyond the budget of an app": len(kept) - followed,
             "gates with more states than are gone through": states.cut}  # fmt: skip
    yield from (In(app.base.sha256, NotFollowed(what, count)) for what, count in told.items() if count)
