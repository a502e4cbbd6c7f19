"""Pages in the app that can call its objects or read its files.

Source: Android, android.webkit.WebView.addJavascriptInterface and android.webkit.WebSettings.
"""

from collections.abc import Iterator

from assay.bytecode.provenance.receivers import objects
from assay.bytecode.sinks.calls import PlacedCall
from assay.facts.weaknesses.scene import Scene, Seen

_VIEW = (b"Landroid/webkit/WebView;",)
_SETTINGS = (b"Landroid/webkit/WebSettings;",)
_LOADING = {b"loadUrl": 1, b"postUrl": 1, b"loadDataWithBaseURL": 1}
_OPENING = (b"setAllowFileAccess", b"setAllowFileAccessFromFileURLs", b"setAllowUniversalAccessFromFileURLs")
_LOCAL = ("file:///android_asset/", "file:///android_res/", "about:blank", "javascript:")


def pages(scene: Scene) -> Iterator[Seen]:
    """Yield objects that pages can call, and pages that may read files."""
    bridges = list(scene.called(_VIEW, (b"addJavascriptInterface",)))
    loads = list(scene.called(_VIEW, _LOADING)) if bridges else []
    for at in bridges:
        yield from _bridge(scene, at, loads)
    for at in scene.called(_SETTINGS, _OPENING):
        if scene.constants(at, 1) == (1,):
            yield scene.at("webview-file-access", at, at.call.name.decode(), "allowed")


def _bridge(scene: Scene, at: PlacedCall, loads: list[PlacedCall]) -> Iterator[Seen]:
    view, bridge = scene.argument(at, 0), scene.argument(at, 1)
    own = [each for each in loads if view is not None and _same(scene, view, each)]
    outside = sorted({address for each in own for address in _addresses(scene, each) if not address.startswith(_LOCAL)})
    if outside or not own:
        names = sorted({scene.terms[each].name for each in objects(scene.terms, bridge)}) if bridge is not None else []
        shown = f"pages: {', '.join(outside[:8])}" if outside else "pages that could not be followed"
        yield scene.at("javascript-bridge", at, ", ".join(each for each in names if each), shown)


def _same(scene: Scene, view: int, load: PlacedCall) -> bool:
    """Return whether a page may be loaded into a view."""
    other = scene.argument(load, 0)
    if other is None:
        return False
    pairs = ((one, two) for one in objects(scene.terms, view) for two in objects(scene.terms, other))
    return any(scene.ground.same(one, two) for one, two in pairs)


def _addresses(scene: Scene, load: PlacedCall) -> Iterator[str]:
    """Yield the addresses that are loaded as far as they are known, and labels of where others begin."""
    term = scene.argument(load, _LOADING[load.call.name])
    if term is None:
        yield "unknown"
        return
    known = scene.evaluator.constants(scene.evaluator.text(term))
    if known is not None:
        yield from (str(each) for each in known if each is not None)
        return
    beginnings = tuple(scene.recipients.addresses(term))
    yield from beginnings or sorted({each.label for each in scene.begins(term, "effect.navigate")} or {"unknown"})
