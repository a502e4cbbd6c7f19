"""A list that stands in one string, its entries joined by a separator."""

from assay.facts.term_lists.shape import kind, list_shape

SEPARATORS = ("\n", "|", ";", "\t", "\u3001", "\uff0c", ",")
"""Separators in the order in which they are tried; the first that gives a list is taken."""
COMMAS = frozenset({",", "\uff0c"})
"""Separators that sentences have too."""
MIN_JOINED = 8
"""Fewest entries of a list in one string."""
MAX_JOINED_WORDS = 3
"""Most words an entry has on average where a comma separates: clauses of a sentence have more."""


def split_joined(text: str) -> tuple[list[str], str, str] | None:
    """Return (entries, ``string``, shape) of a list in one string, None where there is none."""
    for separator in SEPARATORS if len(text) >= 2 * MIN_JOINED - 1 else ():
        if text.count(separator) >= MIN_JOINED - 1:
            entries = text.strip().strip(separator).split(separator)
            shape = _shape(entries, separator)
            if shape is not None:
                return entries, "string", shape
    return None


def _shape(entries: list[str], separator: str) -> str | None:
    if len(entries) < MIN_JOINED:
        return None
    if separator in COMMAS and sum(len(entry.split()) for entry in entries) > MAX_JOINED_WORDS * len(entries):
        return None
    shape = list_shape(entries)
    if separator in COMMAS and shape == "phrases" and _reads_as_clauses(entries, separator):
        return None
    return shape


def _reads_as_clauses(entries: list[str], separator: str) -> bool:
    """Say whether the parts are those of a sentence: a space behind most commas, or a wide comma between odd parts."""
    if separator == "\uff0c":
        return any(kind(entry.strip()) == "odd" for entry in entries)
    return 2 * sum(1 for entry in entries if entry.startswith(" ")) > len(entries)
