"""The analyser of weaknesses: what of an app's code the word vulnerability covers, each at its place."""

from collections.abc import Callable, Iterator

from assay.applications.application import Application
from assay.facts.weaknesses import downloads as of_downloads
from assay.facts.weaknesses import exported as of_exported
from assay.facts.weaknesses.ciphers import ciphers
from assay.facts.weaknesses.downloads import downloads
from assay.facts.weaknesses.exported import exported
from assay.facts.weaknesses.files import files
from assay.facts.weaknesses.homemade import MOST_METHODS, homemade
from assay.facts.weaknesses.intents import intents
from assay.facts.weaknesses.pages import pages
from assay.facts.weaknesses.scene import MOST_CALLS, MOST_WORK, Scene, Seen
from assay.facts.weaknesses.transport import transport
from assay.model.coverage import NotFollowed
from assay.model.locator import InnerPlace
from assay.registry import In, analyser
from assay.vocabulary.comparisons import WEAKNESSES, Weakness

SEARCHES: tuple[Callable[[Scene], Iterator[Seen]], ...] = (
    transport, ciphers, files, pages, intents, downloads, exported, homemade,
)  # fmt: skip


@analyser(
    question="What in the code of this app does the word vulnerability cover?",
    reads=Application,
    emits=Weakness,
    blind_to=(
        f"every weakness that is not one of these kinds: {', '.join(WEAKNESSES)}",
        "native code, scripts, and code that is loaded later",
        "checks that are made elsewhere: by a server, by the network security configuration, by the caller",
        "trust managers that refuse for another reason than the certificate: any throw counts as a check",
        "pages that a link on a page leads to; views of pages that are described in layouts",
        "names, keys and modes that are put together at run time or that come through reflection",
        "whether a digest is compared with anything that can be trusted",
        "home-made ciphers that do not combine bytes by exclusive or in one loop of one method",
        "permissions that code itself asks callers for",
        f"calls beyond the first {MOST_CALLS} of one method, and contents beyond {MOST_WORK} questions on values",
        f"calls beyond the first {of_downloads.MOST_STORES} that store, and {of_exported.MOST_CALLS} that need a right",
        f"methods beyond {MOST_METHODS} that combine bytes by exclusive or",
    ),
)
def weaknesses(app: Application) -> Iterator[In]:
    """Yield weaknesses search by search, each in the order of code."""
    if not app.code.application_definitions:
        return
    scene = Scene(app)
    for seen in dict.fromkeys(each for search in SEARCHES for each in search(scene)):
        part = app.code.parts[int(app.code.definition_part[seen.definition])]
        yield In(part.sha256, _row(scene, seen))
    if scene.left_out:
        yield In(app.base.sha256, NotFollowed("calls at which a limit was met", scene.left_out))


def _row(scene: Scene, seen: Seen) -> Weakness:
    return Weakness(
        place=str(InnerPlace("method", f"{scene.tracing.name(seen.definition)}+0x{seen.pc:x}")),
        package=scene.app.package,
        kind=seen.kind,
        subject=seen.subject,
        detail=seen.detail,
        reached=seen.reached,
    )
