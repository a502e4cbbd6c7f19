"""The features of each class that survive renaming: by them code is known again in another app or version.

- text: a string that a method of the class loads or a static field begins with;
- order: the instructions of a body in their order, registers and own names left out;
- body: the set of strings and members of the platform that a body refers to;
- class: the same of all bodies of the class, with the platform's class that it extends.

A shrinker keeps texts; it inlines and merges, which changes bodies, and so classes. Features are 48 bits of a hash that
is no cryptographic one: a hint, of which several must agree.
"""

import msgspec
import numpy as np

from assay.bytecode.columns.hashes import mixed
from assay.bytecode.columns.record import I8, U1, U4, U8, Columns
from assay.bytecode.dex import DexFile
from assay.bytecode.kernel import settled
from assay.bytecode.opcodes import Reference
from assay.bytecode.shapes.bodies import orders
from assay.bytecode.shapes.sets import set_digests
from assay.bytecode.shapes.words import TEXT, mix, reference_words, type_words

TEXT_KIND, ORDER, BODY, CLASS = range(4)
"""Kinds of features, as they stand in `Features.kinds`."""
MIN_TEXT_BYTES = 6
MIN_BODY, MIN_CLASS = 3, 4
"""Fewest different words of a body and of a class that make a feature."""
BITS = 48

_KEYS = tuple(mixed(0x66656174, number) for number in range(4))


class Features(msgspec.Struct, frozen=True, eq=False):
    """One row a feature of a class, in the order of kinds, then of classes.

    `classes` u4 row of the classes; `hashes` u8, below 2 ** `BITS`; `kinds` u1. `instructions` i8, one row a class.
    """

    classes: U4
    hashes: U8
    kinds: U1
    instructions: I8


def features(dex: DexFile, columns: Columns) -> Features:
    """Return the features of all classes of a DEX file; `columns` are those of the same file."""
    referred = reference_words(columns)
    ordered = orders(dex, columns, referred.words)
    telling = settled(np.concatenate([[0], np.cumsum(referred.telling)]).astype(np.int64))
    words = referred.words[referred.telling]
    starts, ends = (telling[columns.reference_starts[cut]] for cut in (slice(None, -1), slice(1, None)))
    bodies, sizes = set_digests(words, starts, ends)
    rich = np.flatnonzero(sizes >= MIN_BODY)
    owners = columns.definition_classes
    found = [
        (*_texts(columns), TEXT_KIND),
        (owners[rich], ordered.digests[rich], ORDER),
        (owners[rich], bodies[rich], BODY),
        (*_classes(columns, words, starts), CLASS),
    ]
    return _made(found, _summed(columns, ordered.instructions))


def text_feature(hash_: int) -> int:
    """Return the feature of a string with this hash (`assay.bytecode.strings.hash_of`)."""
    return mixed(_KEYS[TEXT_KIND], mixed(TEXT, hash_)) >> (64 - BITS)


def _made(found: list[tuple[U4, U8, int]], instructions: I8) -> Features:
    """Return the rows of all kinds, sorted, each once, those of classes that do not exist left out."""
    owners = np.concatenate([classes for classes, _, _ in found])
    hashes = np.concatenate([mix(_KEYS[kind], words) for _, words, kind in found]) >> np.uint64(64 - BITS)
    kinds = np.concatenate([np.full(len(classes), kind, np.uint8) for classes, _, kind in found])
    order = np.lexsort((hashes, owners, kinds))
    order = order[owners[order] < len(instructions)]
    ahead, here = order[:-1], order[1:]
    new = (owners[ahead] != owners[here]) | (hashes[ahead] != hashes[here]) | (kinds[ahead] != kinds[here])
    kept = order[np.append(np.ones(min(len(order), 1), np.bool_), new)]
    return Features(settled(owners[kept]), settled(hashes[kept]), settled(kinds[kept]), instructions)


def _summed(columns: Columns, instructions: I8) -> I8:
    """Return the instructions of each class."""
    inside = columns.definition_classes < len(columns.class_types)
    sums = np.zeros(len(columns.class_types), np.int64)
    np.add.at(sums, columns.definition_classes[inside], instructions[inside])
    return settled(sums)


def _texts(columns: Columns) -> tuple[U4, U8]:
    """Return class and word of each string that is long enough."""
    rows = np.flatnonzero(columns.reference_kinds == Reference.STRING)
    of_row = np.repeat(columns.definition_classes, np.diff(columns.reference_starts))
    strings = np.concatenate([columns.reference_indices[rows], columns.static_string_ids])
    owners = np.concatenate([of_row[rows], columns.static_string_classes])
    inside = strings < len(columns.string_hashes)
    strings, owners = strings[inside], owners[inside]
    long = columns.string_lengths[strings] >= MIN_TEXT_BYTES
    return owners[long], mix(TEXT, columns.string_hashes[strings[long]])


def _classes(columns: Columns, words: U8, starts: I8) -> tuple[U4, U8]:
    """Return row and word of each class that refers to enough; `starts` are those of its bodies' words."""
    bounds = np.append(starts, len(words))
    cuts = np.searchsorted(columns.definition_classes, np.arange(len(columns.class_types) + 1))
    digests, sizes = set_digests(words, bounds[cuts[:-1]], bounds[cuts[1:]])
    types, _ = type_words(columns)
    known = columns.class_supers < len(types)
    above = np.zeros(len(known), np.uint64)
    above[known] = types[columns.class_supers[known]]
    rich = np.flatnonzero(sizes >= MIN_CLASS)
    value = digests[rich] ^ (above[rich] * np.uint64(3))
    return rich.astype(np.uint32), value
