"""The analyser of comparisons: every site of an app that is worth following, followed."""

from collections.abc import Iterator
from itertools import chain

from assay.applications.application import Application
from assay.applications.tracing import Tracing
from assay.bytecode.sites.program import program_sites
from assay.bytecode.sites.record import SAID
from assay.facts.comparisons.found import Finder
from assay.facts.comparisons.rows import Rows
from assay.facts.comparisons.witnesses import NOTHING, Witnesses
from assay.facts.comparisons.witnesses import rows as witnessed
from assay.model.coverage import NotFollowed
from assay.registry import In, analyser
from assay.vocabulary.comparisons import Comparison, GateTruth, GateVariable, UnfollowedEdge, WitnessStep

MAX_SITES = 4_000
"""Most sites of an app that are followed, those that look most like a list first."""


@analyser(
    question="Which text is compared with which list here, with what consequence, behind which gate?",
    reads=Application,
    emits=(Comparison, GateTruth, GateVariable, UnfollowedEdge, WitnessStep),
    blind_to=(
        "comparisons in native code and in scripts",
        "values that pass through native code, through reflection by computed names, or through loaded code",
        "components and code that no manifest names and nothing starts",
        "code under the package names of known libraries: what models do not say of it is unknown",
        f"sites beyond the first {MAX_SITES} of an app, and ways beyond the budget of one",
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
    unshown = 0
    for site in sorted(kept, key=lambda each: -each.score)[:MAX_SITES]:
        part = app.code.parts[int(app.code.definition_part[site.definition])]
        for found in finder.at(site):
            row = rows.comparison(found)
            witness = witnesses.of(found) if row.path_shown else NOTHING
            unshown += bool(witness.missing)
            for each in chain(rows.of(found, row), witnessed(row, witness)):
                yield In(part.sha256, each)
    base = app.base.sha256
    for reason, count in sites.left_out().items():
        yield In(base, NotFollowed(f"candidates left out: {SAID[reason]}", count))
    if unshown:
        yield In(base, NotFollowed("comparisons without a whole witness", unshown))
    if len(kept) > MAX_SITES:
        yield In(base, NotFollowed(f"sites beyond the first {MAX_SITES}", len(kept) - MAX_SITES))
