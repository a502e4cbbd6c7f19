"""Objects that pages can call, and pages that may read files."""

import pytest

from assay.facts.weaknesses.pages import pages
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.provenance.linked import constant, made, new, proto, result, text, virtual
from tests.facts.weaknesses.apps import kinds, seen

STRING, OBJECT = "Ljava/lang/String;", k.OBJECT
VIEW, SETTINGS = "Landroid/webkit/WebView;", "Landroid/webkit/WebSettings;"
BRIDGE = [*made(0, VIEW), *made(1, "LBridge;"), *text(2, "phone"),
          *virtual(VIEW, "addJavascriptInterface", proto("V", OBJECT, STRING), 0, 1, 2)]  # fmt: skip
LOAD = virtual(VIEW, "loadUrl", proto("V", STRING), 0, 3)
EXTRA = [
    *text(3, "page"),
    *virtual("Landroid/content/Intent;", "getStringExtra", proto(STRING, STRING), 15, 3),
    *result(3),
]


def one(*code: w.Unit) -> k.Kin:
    return k.kin("LA;", k.method("LA;", "m", k.PUBLIC | k.STATIC, list(code), proto("V", "Landroid/content/Intent;")))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ([*BRIDGE, *text(3, "https://shop.example.test/"), *LOAD], "pages: https://shop.example.test/"),
        ([*BRIDGE, *EXTRA, *LOAD], "pages: text.intent"),
        ([*BRIDGE], "pages that could not be followed"),
        (
            [*BRIDGE, *made(0, VIEW), *text(3, "file:///android_asset/a.html"), *LOAD],
            "pages that could not be followed",
        ),
    ],
    ids=["constant", "handed in", "none", "another view's"],
)
def test_pages_from_outside_can_call_an_object(code: list[w.Unit], expected: str) -> None:
    assert seen(pages, one(*code)) == [("javascript-bridge", "LBridge;", expected)]


@pytest.mark.parametrize("address", ["file:///android_asset/help.html", "about:blank"])
def test_constant_local_pages_are_near_misses(address: str) -> None:
    assert kinds(pages, one(*BRIDGE, *text(3, address), *LOAD)) == []


def test_a_view_without_a_bridge_is_a_near_miss() -> None:
    assert kinds(pages, one(*new(0, VIEW), *EXTRA, *LOAD)) == []


@pytest.mark.parametrize("name", ["setAllowFileAccess", "setAllowUniversalAccessFromFileURLs"])
def test_settings(name: str) -> None:
    for flag, expected in ((1, ["webview-file-access"]), (0, [])):
        code = [*constant(0, flag), *virtual(SETTINGS, name, proto("V", "Z"), 14, 0)]
        assert kinds(pages, one(*code)) == expected
    unknown = [*virtual("LA;", "flag", proto("Z"), 15), 0x0A, *virtual(SETTINGS, name, proto("V", "Z"), 14, 0)]
    assert kinds(pages, one(*unknown)) == []
