"""Terms as short expressions, for gates and reports."""

from assay.bytecode.provenance.terms import Kind, Term, Terms
from assay.model.text import show

MOST_DEPTH = 6
"""Terms within terms that are written out."""
MOST_SHOWN = 6
"""Alternatives, elements and operands that are written out."""
MOST_TEXT = 64
"""Characters of a constant that are written out."""
UNNAMED = "?"
"""What stands for a type without a name."""


def describe(terms: Terms, term: int, depth: int = MOST_DEPTH) -> str:
    """Return a term as text, cut short with … where it is long."""
    own = terms[term]
    if own.kind is Kind.CONSTANT:
        return _constant(own) or UNNAMED
    if depth == 0:
        return "…"
    inner = [describe(terms, each, depth - 1) for each in own.inputs[:MOST_SHOWN]]
    inner += ["…"] if len(own.inputs) > MOST_SHOWN else []
    return _expression(own, inner) or UNNAMED


def _expression(own: Term, inner: list[str]) -> str:
    listed = ", ".join(inner)
    if own.kind is Kind.CONTENT:
        return _content(own, inner)
    if own.kind is Kind.FIELD:
        return f"{inner[0]}.{own.name}"
    if own.kind is Kind.PARAMETER:
        return f"parameter {own.name.rpartition('#')[2]} of {_short(own.name)}"
    plain = {
        Kind.CALL: f"{_short(own.name)}({listed})",
        Kind.CHOICE: f"({' | '.join(inner)})",
        Kind.OBJECT: f"new {_type(own.name)}" if own.pc >= 0 else _type(own.name),
        Kind.STORE: f"{own.name}{{{listed}}}",
    }
    return plain.get(own.kind, f"{own.kind.value} {own.name}" + (f"({listed})" if inner else ""))


def _content(own: Term, inner: list[str]) -> str:
    if own.name not in {"text", "pieces"}:
        return f"{inner[0]}{own.name}" + (f"{{{', '.join(inner[1:])}}}" if inner[1:] else "")
    return " + ".join(inner[1:]) if len(inner) > 1 else f"text of {inner[0]}"


def _constant(own: Term) -> str:
    if isinstance(own.value, str):
        text = own.value[:MOST_TEXT] + ("…" if len(own.value) > MOST_TEXT else "")
        return _type(text) if own.name == "class" else f'"{show(text)}"'
    return "null" if own.value is None else str(own.value)


def _short(name: str) -> str:
    """Return class and method of ``Lx/y/A;->m(I)V`` as ``A.m``, a field likewise."""
    owner, _, member = name.partition("->")
    return f"{_type(owner)}.{member.partition('(')[0].partition(':')[0]}"


def _type(name: str) -> str:
    bare = name.lstrip("[")
    return bare.strip("L;").rpartition("/")[2] + "[]" * (len(name) - len(bare)) if bare.endswith(";") else name
