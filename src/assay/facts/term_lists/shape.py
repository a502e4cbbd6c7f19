"""What counts as a list of terms: a structural test of the entries alone, without any list of words to look for.

Entries are sorted into kinds by their form. A run of entries is a list when nearly all of them have a form that
terms have, they mostly differ from each other, and they are not a closed set that software carries for its own sake
(locales, time zones, months, units …). The thresholds are set for precision and stated here.
"""

import re
from collections import Counter
from collections.abc import Sequence

from assay.facts.term_lists.closed_sets import is_closed_set

MIN_ENTRIES = 5
"""Fewest entries of a list."""
LOOKED_AT = 8192
"""Entries whose form is looked at; of a longer list every third, fifth … one (odd, so that pairs do not hide)."""
MAX_ODD = 0.2
"""Largest share of entries that have no form of a term."""
MAX_FIGURES = 0.5
"""Largest share of short numbers: dates and codes stand in lists of words, lists of small numbers are data."""
MIN_DISTINCT = 0.6
"""Least share of distinct entries."""
MAX_TERM = 64
"""Longest term in characters; URLs may have `MAX_URL`."""
MAX_URL = 2048
MAX_WORDS = 8
"""Most words of a phrase."""
MAX_UNSPACED = 24
"""Longest run of Han, Kana or other unspaced script that is a phrase and not a sentence."""
MAX_HUMPS = 0.5
"""Largest share of words with inner capitals, as names in code have and some brands."""

SHAPES = ("words", "phrases", "hosts", "packages", "urls", "numbers", "digests")

_ROOTS = (
    "com|org|net|edu|gov|io|me|tv|cn|de|fr|uk|us|ru|jp|kr|in|it|nl|pl|es|eu|lt|lv|ee|se|no|fi|dk|cz|br|tw|hk|sg|co"
    "|app|dev|info|biz"
)
_URL = re.compile(r"[a-z][a-z0-9+.-]{1,15}://[^\s/]+\S*", re.IGNORECASE)
_DIGEST = re.compile(r"(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})", re.IGNORECASE)
_PACKAGE = re.compile(rf"(?:{_ROOTS})(?:\.[a-z0-9_]+)+(?:\.\*)?")
_HOST = re.compile(
    r"(?:\*?\.)?(?:[a-z0-9_](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)(?::\d+)?", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2}|:\d+)?")
_ENDS_AS_HOST = re.compile(rf"\.(?:{_ROOTS}|test|example|xyz|top|club|site|online|[a-z]{{2}})(?::\d+)?$", re.IGNORECASE)
_NUMBER = re.compile(r"(?!\d{4}-\d\d-\d\d)\+?[0-9][0-9 ()*-]{3,18}[0-9*]")
_FILE = re.compile(
    r"\S+\.(?:png|jpe?g|gif|webp|svg|js|css|html?|so|dex|xml|json|txt|md|mp[34]|ogg|wav|java|kt|py|c|h|cpp|class|ttf|otf|bin|dat|zip|apk|jar|pro|db|proto)",
    re.IGNORECASE,
)
_ODD = (
    re.compile(r"[{}<>=;\\\t\x00-\x1f\x7f]"),  # code, markup, assignments
    re.compile(r"%(?:\d+\$)?[sd@]|\$\{"),  # placeholders
    re.compile(r"^\s*(?://|/\*|\*\*|--|@|#\s)"),  # comments, annotations, headings
    re.compile(r"^[\w .-]+:(?:\s|$)"),  # key: value
    re.compile(r"^v?\d+(?:\.\d+)+(?:[-+.\w]*)?$"),  # versions, decimals
    re.compile(r"^\d{4}-\d\d-\d\d|\b\d\d?:\d\d\b"),  # dates, times
    re.compile(r"^#[0-9a-fA-F]{3,8}$"),  # colours
    re.compile(r"^/|/.*/|^\.{1,2}/|\\"),  # paths
    re.compile(r"^[a-z]{2,}[a-z0-9]*(?:[A-Z][a-z0-9]*)+$"),  # camelCase, but not iPhone
    re.compile(r"^[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+$"),  # snake_case, CONSTANT_CASE
    re.compile(r"^[\w$]+(?:\.[\w$]+)+$"),  # dotted names that are neither hosts nor packages
    re.compile(r"^[A-Za-z][\w+-]*/[\w.+*-]+$"),  # media types
    re.compile(r"^\S+\s+\d+$"),  # names with a number each: tables
    re.compile(r"^[|+]\s|[|+]--|\]\("),  # drawn trees, links of Markdown
    re.compile(r"^0x[0-9A-Fa-f]+$"),  # hexadecimal numbers
    re.compile(r"[.!?\u3002\uff01\uff1f\u2026]$"),  # sentences
)
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")
_HUMPS = re.compile(r"[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+")


def list_shape(entries: Sequence[str]) -> str | None:
    """Return what most entries are (`SHAPES`) if these are a list of terms, None otherwise."""
    known = {entry: entry.strip() for entry in dict.fromkeys(entries)}
    terms = [stripped for entry in entries if (stripped := known[entry])]
    if len(terms) < MIN_ENTRIES or len(set(terms)) < MIN_DISTINCT * len(terms):
        return None
    seen = terms[:: (1 + len(terms) // LOOKED_AT) | 1]
    kinds = Counter(map(kind, seen))
    if kinds["odd"] > MAX_ODD * len(seen) or kinds["figures"] > MAX_FIGURES * len(seen):
        return None
    if is_closed_set(seen) or _are_code_names(seen):
        return None
    return max(SHAPES, key=lambda shape: kinds[shape])


def kind(term: str) -> str:
    """Return the shape of one trimmed entry, ``figures`` for a short number, ``odd`` for what has no form of a term."""
    if len(term) > MAX_TERM:
        return "urls" if len(term) <= MAX_URL and _URL.fullmatch(term) else "odd"
    for shape, form in _FORMS:
        if form.fullmatch(term):
            return shape
    if _HOST.fullmatch(term) and _ENDS_AS_HOST.search(term) and not _FILE.fullmatch(term):
        return "hosts"
    return _wording(term)


_FORMS = (
    ("urls", _URL),
    ("digests", _DIGEST),
    ("packages", _PACKAGE),
    ("hosts", _ADDRESS),
    ("numbers", _NUMBER),
)


def _wording(term: str) -> str:
    if term.isdigit():
        return "figures"
    if _mostly_digits(term) or any(form.search(term) for form in _ODD):
        return "odd"
    words = len(term.split())
    if words > MAX_WORDS or len(_UNSPACED.findall(term)) > MAX_UNSPACED:
        return "odd"
    return "phrases" if words > 1 or len(_UNSPACED.findall(term)) > 6 else "words"


def _mostly_digits(term: str) -> bool:
    """Say whether there is nothing but signs, or a longer text in which digits prevail: readings, codes, serials."""
    signs = [char for char in term if char.isalnum()]
    return not signs or (len(signs) >= 8 and 2 * sum(map(str.isdigit, signs)) > len(signs))


def _are_code_names(terms: Sequence[str]) -> bool:
    return sum(1 for term in terms if _HUMPS.fullmatch(term)) > MAX_HUMPS * len(terms)
