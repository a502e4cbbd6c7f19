"""By which handle a value comes from outside the app, or goes there: URIs of providers, shared paths, packages."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assay.applications.tracing import Tracing
from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.heap_body import operand_at
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.terms import Kind, Term
from assay.bytecode.sinks.calls import placed
from assay.reference.models_records import Store

PROVIDER, INTENT, FILE, PACKAGE = "provider", "intent", "file", "package"
EXTERNAL = "external:"
"""Begins the path of a file on the storage that apps share, from that storage's top."""
_URI = re.compile(r"content://(?:[^/@?#]*@)?([^/?#]+)/?([^?#]*)")
"""A content URI; a user before the authority is left out. Source: Android, android.content.ContentResolver."""
_SHARED = re.compile(
    r"/?(?:sdcard|mnt/sdcard|storage/sdcard[01]|storage/emulated/(?:0|legacy)|storage/self/primary)/(.+)"
)
"""Names of the shared storage of the first user. Source: Android, "Storage"."""
_OUTSIDE_FOLDERS = ("getExternalStorageDirectory", "getExternalStoragePublicDirectory")
_HANDING = frozenset({"view", "to-string", "copy"})
_TOP, _PLAIN = "\x00", re.compile("/{2,}")
MOST_DEPTH = 12
"""Most calls within each other that put a path together."""
_CONTEXTS = ("createPackageContext", "getResourcesForApplication")
MOST_BELOW = 2_000
"""Most terms of a receiver that are gone through for a package."""


class Handle(NamedTuple):
    """A channel, the way it is used, and under which name."""

    channel: str
    way: str
    handle: str
    part: str = ""


def of_uri(text: str) -> tuple[str, str] | None:
    """Return authority and path of a content URI, slashes around the path left out; None for other texts."""
    found = _URI.match(text)
    return None if found is None else (found[1], found[2].strip("/"))


def way_of(method: str) -> str:
    """Return how a method of a resolver asks a provider: query, call or stream."""
    return method if method in {"query", "call"} else "stream"


class Names:
    """Tells names of stores that lie outside an app."""

    def __init__(self, tracing: Tracing) -> None:
        """Take what follows values."""
        self._tracing = tracing
        self._evaluator = tracing.evaluator
        self._terms = tracing.evaluator.terms

    def called(self, term: Term) -> tuple[Body, Call] | None:
        """Return the call at which a term is made, None where there is none."""
        return None if term.definition < 0 else placed(self._evaluator.ground, term.definition, term.pc)

    def shared_file(self, body: Body, call: Call, store: Store, context: Context) -> str:
        """Return the path of a file that a call names, where other apps can name it too; empty for other files."""
        at = None if store.name is None else operand_at(call, store.name)
        if at is None:
            return ""
        term = self._evaluator.term(body.definition, call.arguments[at], context)
        name = self._path(term, MOST_DEPTH)
        if name is None:
            return ""
        if name.startswith(_TOP):
            return EXTERNAL + _PLAIN.sub("/", name.removeprefix(_TOP)).strip("/")
        return normal(_PLAIN.sub("/", name)) if name.startswith("/") else ""

    def foreign_package(self, body: Body, call: Call, context: Context) -> str:
        """Return the package whose context or resources a call is made on, empty for the app's own."""
        if not call.arguments or call.static:
            return ""
        receiver = self._evaluator.term(body.definition, call.arguments[0], context)
        for each in self._below(receiver):
            own = self._terms[each]
            if own.kind is Kind.CALL and own.method in _CONTEXTS and len(own.inputs) > 1:
                found = self._evaluator.constants(self._evaluator.text(own.inputs[1])) or ()
                return str(found[0]) if len(found) == 1 and isinstance(found[0], str) else ""
        return ""

    def _path(self, number: int, depth: int) -> str | None:
        """Return the text of a path that is constant all through, the shared storage as `_TOP`; None for others."""
        own = self._terms[number]
        if own.kind is Kind.CONSTANT:
            return str(own.value) if isinstance(own.value, str) else None
        if depth == 0 or own.kind not in {Kind.CONTENT, Kind.CALL}:
            return None
        inputs = own.inputs[1:] if own.kind is Kind.CONTENT else own.inputs
        parts = [self._path(each, depth - 1) for each in inputs if self._terms[each].kind is not Kind.OBJECT]
        if own.method in _OUTSIDE_FOLDERS:
            parts = [_TOP, *parts]
        known = [part for part in parts if part is not None]
        if len(known) < len(parts) or not known:
            return None
        if own.kind is Kind.CONTENT:
            return "".join(known) if own.name == "text" else None
        return "/".join(known) if own.method in _OUTSIDE_FOLDERS or _puts(own, len(known)) else None

    def _below(self, term: int) -> Iterator[int]:
        for count, each in enumerate(self._terms.below(term)):
            if count == MOST_BELOW:
                return
            yield each


def normal(path: str) -> str:
    """Return an absolute path with the names of the shared storage as one."""
    found = _SHARED.fullmatch(path)
    return path if found is None else EXTERNAL + found[1].strip("/")


def _puts(own: Term, parts: int) -> bool:
    """Return whether a call puts parts of a path together by slashes, or hands its one part on."""
    moved = {flow.op for flow in own.model.flows} if own.model is not None else set()
    return "join" in moved or (parts == 1 and bool(moved & _HANDING))
