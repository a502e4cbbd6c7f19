"""A comparison told as lines: from where the text comes to what a match does, with the gate and what is not known."""

from collections.abc import Iterator, Sequence

from assay.model.text import show
from assay.reports.sections.comparisons import MOST, ComparisonView

_WIDTH = 12


def told(view: ComparisonView) -> Iterator[str]:
    """Yield the story of one comparison; every text of evidence in printable form."""
    yield f"{view.comparison}  {show(view.package)}: {view.text_origin} text meets a list from {view.list_origin}"
    yield from _one("grades", view.grades)
    for number, line in enumerate(_way(view), start=1):
        yield f" {number:>2}  {line}"
    yield _line("text", f"{view.text_origin}{_of(view.text_detail)}")
    yield _line(
        "compared by", f"{view.operator}, {show(view.api)}" + (f"; before: {view.folding}" * bool(view.folding))
    )
    yield _line("list", f"{view.list_origin}{_of(view.list_detail)}")
    yield from _one("carried as", view.lists)
    yield from _one("begins", view.list_terms)
    yield from _handed(view)
    yield _line("words", f"a server can change them: {view.remote_content}")
    yield _line("on a match", ", ".join(view.consequences) or "nothing was found that follows")
    yield from _one("message", view.message)
    yield from _gate(view)
    yield from _states(view)
    for edge in view.unfollowed[:MOST]:
        yield _line("not followed", f"{show(edge.reason)}; leaves open: {edge.costs}")
    if len(view.unfollowed) > MOST:
        yield _line("", f"and {len(view.unfollowed) - MOST} more")


def _way(view: ComparisonView) -> Iterator[str]:
    if view.entry:
        yield show(view.entry)
    yield from map(show, view.chain[:MOST])
    if len(view.chain) > MOST:
        yield f"and {len(view.chain) - MOST} more calls"
    yield f"{show(view.class_name)}->{show(view.method)} @ 0x{view.code_offset:x}"


def _handed(view: ComparisonView) -> Iterator[str]:
    for supply in view.supplies[:MOST]:
        part = f"/{supply.part}" if supply.part else ""
        way = f"{show(supply.handset)}: {show(supply.supplier)} by {supply.channel} {show(supply.handle + part)}"
        yield _line("handed over", f"{way}, from {supply.origin}{_of(supply.detail)}; behind {show(supply.gate)}")
        if supply.offer_place:
            yield _line("", f"{supply.fact}, {show(supply.offer_place)} in {supply.offer_artefact}")
        if supply.unfollowed:
            yield _line("", f"not followed there: {_listed(supply.unfollowed)}")
    if len(view.supplies) > MOST:
        yield _line("", f"and {len(view.supplies) - MOST} more")
    for gap in view.missing[:MOST]:
        yield _line("not found", f"{show(gap.handset)}: {show(gap.what)}")


def _gate(view: ComparisonView) -> Iterator[str]:
    yield _line("gate", show(view.gate))
    for variable in view.variables[:MOST]:
        compared = f"; compared with {_listed(variable.constants)}" if variable.constants else ""
        default = f"; {show(variable.default)} where it is missing" if variable.default else ""
        yield _line("", f"{show(variable.name)}: {variable.controller}{compared}{default}")
    if len(view.variables) > MOST:
        yield _line("", f"and {len(view.variables) - MOST} more variables")
    for truth in view.truths:
        yield _line(
            "",
            f"{truth.before} before anything was sent; a server opens {truth.server_opens}, closes"
            f" {truth.server_closes}; open or opened by its user {truth.user_opens}: {', '.join(truth.profiles)}",
        )


def _states(view: ComparisonView) -> Iterator[str]:
    for state in view.states[:MOST]:
        shown = "settings in app data" if state.kind == "settings" else "a recorded answer"
        gate = f"{state.gate} under {state.profile}" if state.profile else "no profile of its own is stated"
        unseen = f"; not seen: {_listed(state.unseen)}" if state.unseen else ""
        day = f" of {show(state.day)}" if state.day else ""
        yield _line("in its state", f"{show(state.handset)}, {shown}{day}: {gate}{_of(state.found)}{unseen}")
        yield _line("", f"{state.fact}, in {_listed(state.seen_in)}")
    if len(view.states) > MOST:
        yield _line("", f"and {len(view.states) - MOST} more states")


def _one(name: str, texts: Sequence[str]) -> Iterator[str]:
    if texts:
        yield _line(name, _listed(texts))


def _of(details: Sequence[str]) -> str:
    return f" ({_listed(details)})" if details else ""


def _listed(texts: Sequence[str]) -> str:
    more = len(texts) - MOST
    return ", ".join(map(show, texts[:MOST])) + (f" and {more} more" if more > 0 else "")


def _line(name: str, text: str) -> str:
    return f"     {name:<{_WIDTH}} {text}"
