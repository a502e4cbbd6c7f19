"""What each comparing operator says of two texts, as pure functions: the same answers as on the phone.

Texts are compared by their UTF-16 code units, as Java does. Ignoring case folds each character alone to upper case,
then to lower case, so that ß is not ss; letters beyond the first plane fold since Java 16, while older platforms tell
them apart. Regular expressions are given to Python's engine where both read them alike; all others have no answer.
LIKE is that of SQLite as it is delivered, which folds letters of ASCII alone.
Source: Java Platform SE 17, java.lang.String, java.util.regex.Pattern, java.util.Collection (by execution, see tests);
SQLite, "SQL Language Expressions", the LIKE operator.
"""

import re
from collections.abc import Callable, Iterable
from enum import Enum
from functools import lru_cache

import msgspec


class Boundary(Enum):
    """Where in the text an entry must stand."""

    ANYWHERE = "anywhere"
    WHOLE = "whole"
    START = "start"
    END = "end"


class Fold(Enum):
    """How letters are made alike before they are compared."""

    NONE = "none"
    IGNORE_CASE = "ignore-case"
    LOWER = "lower"
    UPPER = "upper"


class NotModelledError(Exception):
    """The operator, or this pattern, has no model: what it answers on the phone is not known."""


MAX_FOLDS = 1 << 16
"""Characters whose folding is remembered."""

_BOUNDARIES = {
    "contains": Boundary.ANYWHERE, "index-of": Boundary.ANYWHERE, "index-of-any": Boundary.ANYWHERE,
    "replace": Boundary.ANYWHERE, "replace-and-compare": Boundary.ANYWHERE, "region-matches": Boundary.ANYWHERE,
    "character-loop": Boundary.ANYWHERE, "trie-step": Boundary.ANYWHERE, "automaton-step": Boundary.ANYWHERE,
    "equals": Boundary.WHOLE, "equals-ignore-case": Boundary.WHOLE, "compare": Boundary.WHOLE,
    "compare-ignore-case": Boundary.WHOLE, "contains-member": Boundary.WHOLE, "contains-key": Boundary.WHOLE,
    "contains-value": Boundary.WHOLE, "look-up": Boundary.WHOLE, "equals-bound": Boundary.WHOLE,
    "string-switch": Boundary.WHOLE, "starts-with": Boundary.START, "ends-with": Boundary.END,
}  # fmt: skip
_FOLDS = {"equals-ignore-case": Fold.IGNORE_CASE, "compare-ignore-case": Fold.IGNORE_CASE}
_PATTERNS = {"matches-regex": True, "find-regex": False, "replace-regex": False}


class Matcher(msgspec.Struct, frozen=True):
    """How a site compares: its operator, and what is done to each operand before.

    `folds_text`, `folds_entry`: what code does to the operands itself (toLowerCase, toUpperCase with Locale.ROOT);
    `trims`: whether the text is trimmed as Java's trim does. `ignores_case`: the flag of regionMatches, of Kotlin's
    functions, and of Pattern.
    """

    operator: str
    folds_text: Fold = Fold.NONE
    folds_entry: Fold = Fold.NONE
    trims: bool = False
    ignores_case: bool = False

    def matches(self, text: str, entries: Iterable[str]) -> bool:
        """Return whether any entry meets the text. Raises: NotModelledError."""
        compare = self._compare()
        prepared = folded(trimmed(text) if self.trims else text, self.folds_text)
        return any(compare(prepared, folded(entry, self.folds_entry)) for entry in entries)

    def _compare(self) -> Callable[[str, str], bool]:
        if self.operator in _PATTERNS:
            return lambda text, entry: _regex(text, entry, whole=_PATTERNS[self.operator], folds=self.ignores_case)
        if self.operator == "like":
            return _like
        if self.operator not in _BOUNDARIES:
            raise NotModelledError(self.operator)
        boundary = _BOUNDARIES[self.operator]
        fold = Fold.IGNORE_CASE if self.ignores_case else _FOLDS.get(self.operator, Fold.NONE)
        return lambda text, entry: _placed(folded(text, fold), folded(entry, fold), boundary)


def folded(text: str, fold: Fold) -> str:
    """Return a text with its case folded."""
    if fold is Fold.IGNORE_CASE:
        return "".join(map(_alike, text))
    if fold is Fold.LOWER:
        return text.lower()
    return text.upper() if fold is Fold.UPPER else text


def units(text: str) -> list[str]:
    """Return the UTF-16 code units of a text, each as a character."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return [chr(raw[at] | raw[at + 1] << 8) for at in range(0, len(raw), 2)]


def trimmed(text: str) -> str:
    """Return a text without what Java's trim takes away: code units up to U+0020 at both ends."""
    return text.strip("".join(map(chr, range(0x21))))


@lru_cache(MAX_FOLDS)
def _alike(character: str) -> str:
    """Return what a character is folded to: Character.toLowerCase(Character.toUpperCase(c))."""
    return _single(_single(character, str.upper), str.lower)


def _single(character: str, change: Callable[[str], str]) -> str:
    """Return the simple mapping of a character: itself where the full mapping has more than one."""
    if character == "İ" and change is str.lower:
        return "i"
    changed = change(character)
    return changed if len(changed) == 1 else character


def _placed(text: str, entry: str, boundary: Boundary) -> bool:
    one, other = "".join(units(text)), "".join(units(entry))
    if boundary is Boundary.WHOLE:
        return one == other
    if boundary is Boundary.START:
        return one.startswith(other)
    return one.endswith(other) if boundary is Boundary.END else other in one


_SAME = re.compile(
    r"(?:[^\\\[\](){}|^$.*+?]|\\[.\\\[\](){}|^$*+?\-/#&~]|\\[dDsSwW]|\[\^?[^\\\[\]&^-]+(?:-[^\\\[\]&^-])?\]|[().|*+?^$])*"
)
_QUOTED = re.compile(r"\\Q(.*?)\\E", re.DOTALL)
_LINE_ENDS = re.compile("[\\r\\x85\\u2028\\u2029]")
MAX_PATTERN = 4096
"""Longest regular expression that is tried."""


@lru_cache(1024)
def _compiled(pattern: str, *, folds: bool) -> re.Pattern[str]:
    """Return a pattern that both engines read alike. Raises: NotModelledError."""
    plain = _QUOTED.sub(lambda found: re.escape(found[1]).replace("\\ ", " "), pattern)
    if len(plain) > MAX_PATTERN or not _SAME.fullmatch(plain) or re.search(r"[*+?][*+?]|\(\?|\{", plain):
        raise NotModelledError(pattern[:80])
    try:
        return re.compile(plain, re.ASCII | (re.IGNORECASE if folds else 0))
    except re.error as cause:
        raise NotModelledError(pattern[:80]) from cause


def _regex(text: str, pattern: str, *, whole: bool, folds: bool) -> bool:
    if _LINE_ENDS.search(text):
        raise NotModelledError("a text with line ends that only one engine knows")
    compiled = _compiled(pattern, folds=folds)
    return bool(compiled.fullmatch(text) if whole else compiled.search(text))


def _like(text: str, pattern: str) -> bool:
    """Return what SQLite's LIKE says: % any run, _ one character, letters of ASCII alike in both cases."""
    parts = [{"%": ".*", "_": "."}.get(character, re.escape(character)) for character in pattern]
    return re.fullmatch("".join(parts), text, re.ASCII | re.IGNORECASE | re.DOTALL) is not None
