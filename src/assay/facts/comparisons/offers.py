"""The analyser of offers: lists that an app hands to other apps, where they begin, and behind which gate."""

from collections.abc import Iterator
from itertools import chain

from assay.applications.application import Application
from assay.applications.tracing import Tracing
from assay.facts.comparisons.offer_rows import OfferRows
from assay.facts.comparisons.offered import Offered
from assay.facts.comparisons.offered_files import MOST_WRITERS, Files
from assay.facts.comparisons.offered_intents import MOST_PUT, Intents
from assay.facts.comparisons.offered_providers import MOST_PATHS, Providers
from assay.model.coverage import NotFollowed
from assay.registry import In, analyser
from assay.vocabulary.offers import ListOffer, OfferGate

MAX_OFFERS = 600
"""Most things handed out by one app whose content is looked at."""
MAX_WORK = 400_000
"""Work for all of an app (`OfferRows.spent`)."""


@analyser(
    question="Which lists does this app hand to other apps, and where do these begin?",
    reads=Application,
    emits=(ListOffer, OfferGate),
    blind_to=(
        "paths of URIs that are told apart otherwise than by numbers of a UriMatcher",
        f"paths of an app whose matchers have more than {MOST_PATHS}",
        "lists in bound services, results of activities, shared memory, sockets and content that is pasted",
        "receivers that are registered while an app runs, and intents whose action and class are not constant",
        "files whose names other apps know otherwise than by a constant path on the shared storage or from the root",
        "providers that answer in native code, or in a library whose code is not followed: the origin is unknown",
        f"calls beyond {MOST_PUT} that put a list into an intent, and beyond {MOST_WRITERS} that write a file",
        f"things beyond the first {MAX_OFFERS} of an app, or beyond {MAX_WORK} steps for all of them",
    ),
)
def list_offers(app: Application) -> Iterator[In]:
    """Yield offers of providers in the order of the manifests, then of intents and files in the order of code."""
    if not app.code.application_definitions:
        return
    tracing = Tracing(app)
    intents, files = Intents(tracing), Files(tracing)
    rows, left = OfferRows(app, tracing), 0
    offered = chain(Providers(app, tracing).all(), intents.all(), files.all())
    for number, each in enumerate(offered):
        if number >= MAX_OFFERS or rows.spent > MAX_WORK:
            left += 1
            continue
        yield from (In(_artefact(app, each), row) for row in rows.of(each))
    told = {"things handed out beyond the budget of an app": left,
            "calls beyond those that are looked at for what they hand out": intents.cut + files.cut}  # fmt: skip
    yield from (In(app.base.sha256, NotFollowed(what, count)) for what, count in told.items() if count)


def _artefact(app: Application, offered: Offered) -> str:
    if offered.definition < 0:
        return app.base.sha256
    return app.code.parts[int(app.code.definition_part[offered.definition])].sha256
