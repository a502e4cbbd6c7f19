"""Calls that compare text, as candidates: which text is compared with what is a later question."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assay.bytecode.dex import DexFile
from assay.bytecode.flow.code import Code
from assay.bytecode.flow.decisions import MAX_STATES, feeds_decision
from assay.bytecode.flow.graph import graph_of
from assay.bytecode.flow.loops import find_loops
from assay.bytecode.opcodes import Reference
from assay.model.coverage import NotFollowed
from assay.model.locator import InnerPlace
from assay.registry import Yielded, analyser
from assay.vocabulary.code import MatchSite

I8 = npt.NDArray[np.int64]

_STRING = ("java/lang/String",)
_BUFFERS = ("java/lang/StringBuilder", "java/lang/StringBuffer")
_KOTLIN_TEXT = ("kotlin/text/StringsKt", "kotlin/text/StringsKt__StringsKt", "kotlin/text/StringsKt__StringsJVMKt")
_COLLECTIONS = tuple(
    f"java/util/{name}"
    for name in (
        "Collection", "Set", "SortedSet", "NavigableSet", "List", "Queue", "Deque", "AbstractCollection",
        "AbstractList", "ArrayList", "LinkedList", "Vector", "ArrayDeque", "HashSet", "LinkedHashSet", "TreeSet",
        "concurrent/CopyOnWriteArrayList", "concurrent/CopyOnWriteArraySet", "concurrent/ConcurrentSkipListSet",
    )
)  # fmt: skip
_MAPS = tuple(
    f"java/util/{name}"
    for name in (
        "Map", "SortedMap", "NavigableMap", "AbstractMap", "HashMap", "LinkedHashMap", "TreeMap", "Hashtable",
        "WeakHashMap", "concurrent/ConcurrentMap", "concurrent/ConcurrentHashMap", "concurrent/ConcurrentSkipListMap",
    )
)  # fmt: skip
_KOTLIN_COLLECTIONS = ("kotlin/collections/CollectionsKt", "kotlin/collections/CollectionsKt___CollectionsKt",
                       "kotlin/collections/ArraysKt", "kotlin/collections/ArraysKt___ArraysKt")  # fmt: skip

APIS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("substring", _STRING, ("contains", "indexOf", "lastIndexOf")),
    ("substring", _BUFFERS, ("indexOf", "lastIndexOf")),
    ("substring", _KOTLIN_TEXT, ("contains", "indexOf", "lastIndexOf", "indexOfAny", "lastIndexOfAny", "findAnyOf")),
    ("whole", _STRING, ("equals", "equalsIgnoreCase", "contentEquals", "compareTo", "compareToIgnoreCase")),
    ("whole", _KOTLIN_TEXT, ("equals", "contentEquals", "compareTo")),
    ("prefix", _STRING, ("startsWith", "endsWith", "regionMatches")),
    ("prefix", _KOTLIN_TEXT, ("startsWith", "endsWith", "regionMatches")),
    ("regex", _STRING, ("matches", "replaceAll", "replaceFirst", "split")),
    ("regex", ("java/util/regex/Matcher",), ("find", "matches", "lookingAt", "replaceAll", "replaceFirst")),
    ("regex", ("java/util/regex/Pattern",), ("matches", "split")),
    ("regex", ("kotlin/text/Regex",), ("containsMatchIn", "matches", "matchEntire", "find", "findAll", "replace")),
    ("collection", _COLLECTIONS, ("contains", "containsAll", "indexOf", "lastIndexOf")),
    ("collection", _MAPS, ("containsKey", "containsValue")),
    ("collection", ("android/util/ArraySet",), ("contains", "indexOf")),
    ("collection", ("android/util/ArrayMap",), ("containsKey", "containsValue", "indexOfKey")),
    ("collection", _KOTLIN_COLLECTIONS, ("contains", "indexOf")),
    ("text-utils", ("android/text/TextUtils",), ("equals", "indexOf", "lastIndexOf", "regionMatches")),
)
"""(family, classes, method names), all overloads; a Kotlin function's ``$default`` form counts as the function."""

_SQL_WORDS = (b"LIKE", b"like", b"MATCH", b"match", b"GLOB", b"glob", b"REGEXP", b"regexp")
_SQL = re.compile(
    rb"""(?<![A-Za-z0-9_])(?:
        (?P<like>LIKE) \s* (?: [?'":@$(] | %s | \|\| ) |              # column LIKE ?, LIKE '%..., LIKE :word
        (?P<other>MATCH|GLOB|REGEXP) \s* \? |                       # column MATCH ?
        (?: SELECT|WHERE ) \b .* (?<![A-Za-z0-9_])
        (?P<late>LIKE|MATCH|GLOB|REGEXP) \s* (?: [?'":@$(] | %s | \|\| )
    )""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
"""An SQL comparison with its operand in one string; words that are also English need SELECT or WHERE before them."""


MAX_SITES = 100_000
"""Most candidates listed of one DEX file; the largest real ones have a few thousand."""


class _Site(NamedTuple):
    """A candidate: row of the references, called method, family."""

    row: int
    api: str
    family: str


@analyser(
    question="Where does this code compare text?",
    reads=DexFile,
    emits=MatchSite,
    blind_to=(
        "who is compared with what: not examined here",
        "comparisons through Object.equals, Objects.equals and Kotlin's ==, whose types do not say that it is text",
        "library classes renamed by a shrinker, comparisons written out by hand, tries, automata and native code",
        "SQL that is put together at run time, so that no single string holds the operator with its operand",
        f"candidates beyond the first {MAX_SITES} of a DEX file",
        "loops that only calls between methods make, code that no path from a method's entry reaches",
        "results that travel through fields, arrays or other methods, or through arithmetic before they are tested",
        f"results beyond {MAX_STATES} pairs of a place and a register on the way to where they are tested",
    ),
)
def match_sites(dex: DexFile) -> Iterator[Yielded]:
    """Yield candidates in the order of code."""
    sites = sorted([*_calls(dex), *_sql(dex)])
    if sites:
        yield from _rows(dex, sites[:MAX_SITES])
        yield NotFollowed("comparison candidates whose operands were not examined", len(sites))
    if len(sites) > MAX_SITES:
        yield NotFollowed(f"comparison candidates beyond the first {MAX_SITES}, not listed", len(sites) - MAX_SITES)


def _rows(dex: DexFile, sites: list[_Site]) -> Iterator[MatchSite]:
    rows = np.array([site.row for site in sites], np.int64)
    in_loop, branches = _surroundings(dex, rows)
    places = zip(dex.references.method[rows].tolist(), dex.references.pc[rows].tolist(), strict=True)
    for site, (method, pc), looped, decides in zip(sites, places, in_loop.tolist(), branches.tolist(), strict=True):
        yield MatchSite(
            place=str(InnerPlace("method", f"{dex.method_name(method)}+0x{pc:x}")),
            class_name=dex.names.method_class(method),
            method=dex.names.method_signature(method),
            code_offset=pc,
            api=site.api,
            family=site.family,
            in_loop=looped,
            branches=decides,
        )


def _surroundings(dex: DexFile, rows: I8) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return for each reference row whether it lies in a loop and whether its result decides something."""
    bodies = np.searchsorted(dex.references.starts, rows, "right") - 1
    definitions, methods = np.unique(bodies, return_inverse=True)
    graph = graph_of(dex, definitions)
    at = _rows_at(graph.code, methods, dex.references.pc[rows])
    loops = find_loops(graph.blocks, graph.edges)
    return loops.depth[graph.blocks.of[at]] > 0, feeds_decision(graph, at)[0]


def _rows_at(code: Code, methods: I8, pcs: npt.NDArray[np.uint32]) -> I8:
    """Return the row of the instruction at each place; methods and offsets together rise over all rows."""
    owners = np.repeat(np.arange(len(code.definitions)), np.diff(code.starts))
    places = owners << 32 | code.pc.astype(np.int64)
    found: I8 = np.searchsorted(places, methods.astype(np.int64) << 32 | pcs.astype(np.int64))
    return found


def _calls(dex: DexFile) -> Iterator[_Site]:
    apis = _called(dex)
    wanted = np.zeros(len(dex.tables.methods) + 1, np.bool_)
    wanted[list(apis)] = True
    references = dex.references
    rows = np.flatnonzero((references.kind == Reference.METHOD) & wanted[_safe(references.index, len(wanted) - 1)])
    for row, method in zip(rows.tolist(), references.index[rows].tolist(), strict=True):
        yield _Site(row, *apis[method])


def _safe(index: npt.NDArray[np.uint32], limit: int) -> npt.NDArray[np.uint32]:
    """Return indices of any table cut to this one; the last row stands for all others."""
    return np.minimum(index, np.uint32(limit))


def _called(dex: DexFile) -> dict[int, tuple[str, str]]:
    """Return (api, family) of each method id that is one of `APIS`."""
    methods = dex.tables.methods
    found = {}
    for family, classes, names in APIS:
        strings = {index: name for name in names for index in _named(dex, name)}
        for class_ in classes:
            for row in np.flatnonzero(np.isin(methods["class"], _types(dex, class_))).tolist():
                name = strings.get(int(methods["name"][row]))
                if name is not None:
                    found[row] = (f"{class_.replace('/', '.')}.{name}", family)
    return found


def _named(dex: DexFile, name: str) -> list[int]:
    return [*dex.find_string(name.encode()), *dex.find_string(f"{name}$default".encode())]


def _types(dex: DexFile, class_: str) -> I8:
    descriptors = dex.find_string(f"L{class_};".encode())
    return np.flatnonzero(np.isin(dex.tables.types["descriptor"], descriptors))


def _sql(dex: DexFile) -> Iterator[_Site]:
    """Yield the loads of strings in which an SQL comparison stands with its operand."""
    for index, word in _sql_strings(dex):
        for row in dex.users(Reference.STRING).of(index).tolist():
            yield _Site(row, f"SQL {word}", "sql")


def _sql_strings(dex: DexFile) -> Iterator[tuple[int, str]]:
    """Yield (string index, operator in upper case), each string once."""
    data = dex.data.tobytes()
    order = np.argsort(dex.strings.starts, kind="stable")
    starts = dex.strings.starts[order]
    hits = sorted({place for word in _SQL_WORDS for place in _occurrences(data, word)})
    near = np.searchsorted(starts, np.array(hits, np.int64), "right") - 1
    for index in sorted({int(order[row]) for row in near.tolist() if row >= 0}):
        if match := _SQL.search(dex.string_bytes(index)):
            yield index, match[match.lastgroup or 0].decode().upper()


def _occurrences(data: bytes, word: bytes) -> Iterator[int]:
    place = data.find(word)
    while place >= 0:
        yield place
        place = data.find(word, place + 1)
