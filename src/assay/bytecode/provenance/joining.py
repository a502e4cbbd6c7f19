r"""The pieces that an invoke-custom concatenates: constants of its recipe, and its arguments.

Source: java.lang.invoke.StringConcatFactory: U+0001 stands for an argument, U+0002 for a static argument.
"""

import re

from assay.bytecode.call_sites import CallSite
from assay.bytecode.encoded_values import Sort, Value
from assay.bytecode.provenance.bodies import Body
from assay.bytecode.provenance.terms import Terms
from assay.bytecode.strings import text_of

_MARKS = re.compile("([\x01\x02])")


def pieces(body: Body, site: CallSite, recipe: int, given: list[int], terms: Terms) -> list[int]:
    """Return the terms of the pieces in order."""
    columns = body.part.columns
    text = text_of(columns.string(recipe)) if recipe < len(columns.string_starts) else "\x01" * len(given)
    arguments, constants = iter(given), iter(site.arguments[1:])
    found: list[int] = []
    for part in _MARKS.split(text):
        if part == "\x01":
            found.append(next(arguments, None) or terms.unknown("no such argument"))
        elif part == "\x02":
            found.append(_static(body, next(constants, None), terms))
        elif part:
            found.append(terms.constant("string", part))
    return found


def _static(body: Body, given: Value | None, terms: Terms) -> int:
    if given is not None and given.sort is Sort.STRING and isinstance(given.content, int):
        if given.content < len(body.part.columns.string_starts):
            return terms.constant("string", text_of(body.part.columns.string(given.content)))
    elif given is not None and isinstance(given.content, int):
        return terms.constant("int", int(given.content))
    return terms.unknown("a static argument")
