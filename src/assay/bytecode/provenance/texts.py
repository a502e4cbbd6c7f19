"""The constants that a term may be: texts put together and changed by calls whose operands are all constants."""

import base64
import binascii
from collections.abc import Callable
from itertools import product

from assay.bytecode.provenance.terms import Kind, Term, Terms

MOST_CONSTANTS = 64
"""Most constants that one term may be; a term that may be more counts as not constant."""
MOST_TEXT = 1 << 20
"""Longest text that is put together, in characters."""

Constant = int | str | None
Known = tuple[Constant, ...]
_UNREADABLE = (ValueError, binascii.Error, IndexError, KeyError, OverflowError)


class Texts:
    """Constants by term, kept."""

    def __init__(self, terms: Terms) -> None:
        """Keep the terms."""
        self._terms = terms
        self._known: dict[int, Known | None] = {}

    def of(self, term: int) -> Known | None:
        """Return the possible constants in the order of alternatives; None where it may be something else."""
        for each in sorted(self._terms.below(term)):
            if each not in self._known:
                self._known[each] = self._found(self._terms[each])
        return self._known[term]

    def one(self, term: int) -> str | None:
        """Return the text or number that a term always is, as text; None where it is not just one."""
        found = self.of(term)
        return str(found[0]) if found is not None and len(found) == 1 and found[0] is not None else None

    def _found(self, own: Term) -> Known | None:
        if own.kind is Kind.CONSTANT:
            return (own.value,)
        if own.kind is Kind.CHOICE:
            return self._any(own.inputs)
        if own.kind is Kind.CONTENT and own.name == "text":
            return self._all(own.inputs[1:], "".join)
        if own.kind is Kind.CONTENT and own.name != "pieces" and len(own.inputs) > 1:
            return self._any(own.inputs[1:])
        if own.kind is Kind.CALL and own.model is not None:
            return self._called(own)
        return None

    def _any(self, inputs: tuple[int, ...]) -> Known | None:
        found: dict[Constant, None] = {}
        for each in inputs:
            known = self._known.get(each)
            if known is None:
                return None
            found.update(dict.fromkeys(known))
        return tuple(found) if len(found) <= MOST_CONSTANTS else None

    def _all(self, inputs: tuple[int, ...], join: Callable[[list[str]], str]) -> Known | None:
        known = [self._known.get(each) for each in inputs]
        if any(each is None for each in known):
            return None
        lists = [each for each in known if each is not None]
        count = 1
        for each in lists:
            count *= len(each)
        if count > MOST_CONSTANTS:
            return None
        found = [join([shown(one) for one in each]) for each in product(*lists)]
        return tuple(dict.fromkeys(found)) if all(len(each) <= MOST_TEXT for each in found) else None

    def _called(self, own: Term) -> Known | None:
        """Return what a call makes of constants, by the operation that its model has for the result."""
        assert own.model is not None  # noqa: S101 - the caller looked
        root = "this" if "-><init>(" in own.name else "return"
        flows = [each for each in own.model.flows if each.target.root == root and not each.target.selector]
        rule = _RULES.get(flows[0].op) if flows else None
        inputs = own.inputs[1:] if root == "this" else own.inputs
        if rule is None or own.model.source or any(self._known.get(each) is None for each in inputs):
            return None
        try:
            return self._all(
                inputs, lambda parts: rule(own.model.name.decode("ascii", "replace") if own.model else "", parts)
            )
        except _UNREADABLE:
            return None


def shown(constant: Constant) -> str:
    """Return a constant as the text that Java makes of it; -> ``null`` for nothing."""
    return "null" if constant is None else str(constant)


def _substring(_: str, parts: list[str]) -> str:
    begin, end = int(parts[1]), int(parts[2]) if len(parts) > 2 else len(parts[0])
    if not 0 <= begin <= end <= len(parts[0]):
        raise IndexError(begin)
    return parts[0][begin:end]


def _replace(name: str, parts: list[str]) -> str:
    if name != "replace" or len(parts) != 3:
        raise ValueError(name)
    old, new = (chr(int(each)) if each.isdecimal() else each for each in parts[1:])
    return parts[0].replace(old, new)


def _format(_: str, parts: list[str]) -> str:
    text, rest = parts[0], iter(parts[1:])
    if "%" in text.replace("%s", "").replace("%d", ""):
        raise ValueError(text)
    pieces = text.replace("%d", "%s").split("%s")
    return pieces[0] + "".join(next(rest, "null") + each for each in pieces[1:])


def _base64(_: str, parts: list[str]) -> str:
    raw = parts[0] if len(parts) == 1 or parts[0] not in {"0", "2"} else parts[1]
    return base64.b64decode(raw + "=" * (-len(raw) % 4), validate=True).decode("utf-8")


def _hex(_: str, parts: list[str]) -> str:
    return bytes.fromhex(parts[0]).decode("utf-8")


_RULES: dict[str, Callable[[str, list[str]], str]] = {
    "lower": lambda _, parts: parts[0].lower(),
    "upper": lambda _, parts: parts[0].upper(),
    "trim": lambda _, parts: parts[0].strip(),
    "concat": lambda _, parts: "".join(parts),
    "to-string": lambda _, parts: parts[0],
    "number": lambda _, parts: parts[0],
    "decode-text": lambda _, parts: parts[0],
    "encode-text": lambda _, parts: parts[0],
    "substring": _substring,
    "replace": _replace,
    "format": _format,
    "decode-base64": _base64,
    "decode-hex": _hex,
}
