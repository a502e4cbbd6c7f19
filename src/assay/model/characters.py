"""What characters are under one version of Unicode, whatever the interpreter's: 14.0, the oldest among those supported.

Source: Unicode 15.0 and 15.1, DerivedAge.txt; the sort of a code point that 14.0 assigns has not changed since.
"""

import re

UNICODE = "14.0"
"""The version that keys are normalised under, whatever the interpreter's own."""

LATER = re.compile(
    "([\u0cf3\u0ece\u2ffc-\u2fff\u31ef\U00010efd-\U00010eff\U0001123f-\U00011241\U00011b00-\U00011b09"
    "\U00011f00-\U00011f10\U00011f12-\U00011f3a\U00011f3e-\U00011f59\U0001342f\U00013439-\U00013455"
    "\U0001b132\U0001b155\U0001d2c0-\U0001d2d3\U0001df25-\U0001df2a\U0001e030-\U0001e06d\U0001e08f"
    "\U0001e4d0-\U0001e4f9\U0001f6dc\U0001f774-\U0001f776\U0001f77b-\U0001f77f\U0001f7d9"
    "\U0001fa75-\U0001fa77\U0001fa87-\U0001fa88\U0001faad-\U0001faaf\U0001fabb-\U0001fabd\U0001fabf"
    "\U0001face-\U0001facf\U0001fada-\U0001fadb\U0001fae8\U0001faf7-\U0001faf8\U0002b739"
    "\U0002ebf0-\U0002ee5d\U00031350-\U000323af]+)"
)
"""Code points assigned in Unicode 15.0 and 15.1: they count as unassigned, as in an interpreter of 14.0."""


def is_printable(char: str) -> bool:
    """Say whether a character is neither a control, format, private or unassigned one nor a separator but the space."""
    return char.isprintable() and LATER.match(char) is None
