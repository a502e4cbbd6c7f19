"""Under which name a call reads or writes a store: the file, table or namespace, and the key in it."""

import re
from collections.abc import Generator
from typing import NamedTuple

from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.ground import Ground, value
from assay.bytecode.provenance.heap_body import operand_at
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.machine import Question
from assay.bytecode.provenance.placing import Placing
from assay.bytecode.provenance.receivers import objects
from assay.bytecode.provenance.terms import Kind
from assay.bytecode.provenance.texts import Texts
from assay.reference.models_records import Place, Store

UNKNOWN = "?"
"""Stands for a name or key that is not known."""
_PATHS = frozenset({"file", "asset"})
_STATEMENT = re.compile(
    r"\s*(?:select\b.{0,2000}?\bfrom|(?:insert|replace)\b.{0,40}?\binto|update)\s+[\"`\[]?(\w{1,128})",
    re.IGNORECASE | re.DOTALL,
)
"""A statement of SQL up to the first table that it reads or writes. Source: SQLite, "SQL As Understood By SQLite"."""


class Named(NamedTuple):
    """A name: the store's and the key's, empty where the kind of store has none."""

    name: str
    key: str

    @property
    def shown(self) -> str:
        """The name as terms have it."""
        return "/".join(each for each in self if each) or UNKNOWN

    def meets(self, other: "Named") -> bool:
        """Return whether two names may be one; where nothing at all is known of one they are not taken to be."""
        pairs = [(one, two) for one, two in zip(self, other, strict=True) if one or two]
        known = [one == two for one, two in pairs if UNKNOWN not in (one, two)]
        return bool(known) and all(known)


class StoreNames:
    """Rules for names of stores."""

    def __init__(self, ground: Ground) -> None:
        """Keep the ground."""
        self._ground, self._terms = ground, ground.terms
        self._placing, self._texts = Placing(ground), Texts(ground.terms)

    def of(
        self, body: Body, call: Call, store: Store, context: Context, wanted: Named | None = None
    ) -> Generator[Question, int, Named]:
        """Work out a name; the store's own only where the key is the wanted one."""
        key = ""
        if store.key is not None:
            key = yield from self._text(body, call, store.key, context, store.kind)
            if (
                wanted is not None
                and not Named("", key).meets(Named("", wanted.key))
                and UNKNOWN not in (key, wanted.key)
            ):
                return Named("", key)
        if store.named or store.name is None:
            return Named(store.named, key)
        name = yield from self._name(body, call, store, context)
        return Named(name, key)

    def _name(self, body: Body, call: Call, store: Store, context: Context) -> Generator[Question, int, str]:
        """Work out the store's own name: of the object that another call opened, or a text."""
        assert store.name is not None  # noqa: S101 - the caller looked
        at = operand_at(call, store.name)
        if at is None:
            return UNKNOWN
        term = yield value(body.definition, call.arguments[at], context)
        for each in objects(self._terms, term):
            opened = self._terms[each]
            if opened.kind is Kind.CALL and opened.model is not None and (own := opened.model.store) is not None:
                maker = self._ground.bodies.of(opened.definition)
                row = None if maker is None else maker.row_at(opened.pc)
                opening = None if maker is None or row is None else maker.call(row)
                if maker is not None and opening is not None and own.kind == store.kind and own.access == "open":
                    return (yield from self.of(maker, opening, own, opened.context)).shown
        return (yield from self._text(body, call, store.name, context, store.kind))

    def _text(self, body: Body, call: Call, place: Place, context: Context, kind: str) -> Generator[Question, int, str]:
        if operand_at(call, place) is None:
            return UNKNOWN
        term = yield from self._placing.at(body, call, place, context)
        held = yield from self._placing.held(term)
        name = (self._path(held) if kind in _PATHS else self._texts.one(held)) or UNKNOWN
        return table(name) if kind == "table" else name

    def _path(self, term: int) -> str:
        """Return the last steps of a path that are known; what a call gives for a folder is left out."""
        if (whole := self._texts.one(term)) is not None:
            return whole.strip("/")
        own = self._terms[term]
        if (
            own.kind is Kind.CALL
            and own.model is not None
            and any(flow.op in {"join", "view", "to-string"} for flow in own.model.flows)
        ):
            steps = [self._path(each) for each in own.inputs if self._terms[each].kind is not Kind.OBJECT]
            return "/".join(each for each in steps if each)
        if own.kind is Kind.CONTENT and own.name == "text":
            return "".join(self._path(each) for each in own.inputs[1:]).strip("/")
        return ""


def table(name: str) -> str:
    """Return the first table that a statement of SQL reads or writes; the text itself where it is no such statement."""
    found = _STATEMENT.match(name)
    return name if found is None else found[1]
