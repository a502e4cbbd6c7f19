"""Places where text is compared, as candidates: which text is compared with what is a later question."""

from collections.abc import Iterator

from assay.bytecode.dex import DexFile
from assay.bytecode.flow.decisions import MAX_STATES
from assay.bytecode.sites import tracing
from assay.bytecode.sites.record import SAID, Reason, Site, Typed
from assay.bytecode.sites.scan import sites
from assay.model.coverage import NotFollowed
from assay.model.locator import InnerPlace
from assay.registry import Yielded, analyser
from assay.vocabulary.code import MatchSite

MAX_SITES = 100_000
"""Most candidates listed of one DEX file; the largest real ones have a few thousand."""

_TYPED = {Typed.YES: "yes", Typed.UNKNOWN: "unknown"}


@analyser(
    question="Where does this code compare text?",
    reads=DexFile,
    emits=MatchSite,
    blind_to=(
        "who is compared with what: not examined here",
        "comparisons whose types do not say that it is text, where nothing else does: counted, not listed",
        "native code behind native methods, which are listed where they take text",
        "comparisons of bytes written out by hand, and tries and automata that call themselves in place of a loop",
        "SQL that is put together at run time, so that no single string holds the operator with its operand",
        f"candidates beyond the first {MAX_SITES} of a DEX file",
        "loops that only calls between methods make, code that no path from a method's entry reaches",
        "results that travel through fields, arrays or other methods, or through arithmetic before they are tested",
        f"results beyond {MAX_STATES} pairs of a place and a register on the way to where they are tested",
        (
            "lists that take part only by way of other methods, where neither a loop nor a collection shows them: the "
            "column followed is a hint, and follows values within a method alone"
        ),
        (
            f"where operands come from beyond {tracing.MAX_STATES} pairs of a place and a register, or "
            f"{tracing.MAX_ROWS} instructions"
        ),
    ),
    version=2,
)
def match_sites(dex: DexFile) -> Iterator[Yielded]:
    """Yield candidates in the order of code."""
    found = list(sites(dex))
    listed = [site for site in found if _listed(site)]
    yield from (_fact(dex, site) for site in listed[:MAX_SITES])
    yield from _left(found, listed)


def _listed(site: Site) -> bool:
    return site.reason is Reason.KEPT or site.text_typed is Typed.YES


def _left(found: list[Site], listed: list[Site]) -> Iterator[NotFollowed]:
    """Yield what was not listed or not examined, by reason."""
    if listed:
        yield NotFollowed("comparison candidates whose operands were not examined", len(listed))
    untold = len(found) - len(listed)
    if untold:
        yield NotFollowed("calls that compare, whose types do not say that it is text, not listed", untold)
    if len(listed) > MAX_SITES:
        yield NotFollowed(f"comparison candidates beyond the first {MAX_SITES}, not listed", len(listed) - MAX_SITES)


def _fact(dex: DexFile, site: Site) -> MatchSite:
    method = int(dex.methods.method[site.definition])
    return MatchSite(
        place=str(InnerPlace("method", f"{dex.method_name(method)}+0x{site.pc:x}")),
        class_name=dex.names.method_class(method),
        method=dex.names.method_signature(method),
        code_offset=site.pc,
        api=_api(dex, site),
        family=site.family,
        operator=site.operator,
        in_loop=site.in_loop,
        branches=site.decides,
        text_typed=_TYPED.get(site.text_typed, "unknown"),
        followed=site.reason is Reason.KEPT,
        left_out=None if site.reason is Reason.KEPT else SAID[site.reason],
    )


def _api(dex: DexFile, site: Site) -> str:
    """Return the called method in the notation of Java, without the overload; the operator where none is called."""
    if site.method < 0:
        return f"SQL {site.operator.upper()}" if site.family == "sql" else site.operator
    owner = dex.names.method_class(site.method).removeprefix("L").removesuffix(";").replace("/", ".")
    name = dex.names.name(int(dex.tables.methods["name"][site.method]))
    return f"{owner}.{name.removesuffix('$default')}"
