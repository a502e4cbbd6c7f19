"""How much code is told as whose: `python -m tests.sdks.benchmark FOLDER [--seed N]`, as JSON.

The table is made from some versions of libraries; others, which it did not learn from, are held against it: as they
are, renamed by R8, and renamed and shrunk to what one class in twenty reaches. Libraries that the table leaves out on
purpose must be attributed to nothing; those of the same version in both sets do not count. `features alone` looks at
no name: R8 leaves many classes in their packages.
In thousandths, over classes and over instructions, beside what packages alone tell and beside nothing.
"""

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from assay.applications.application import Application
from assay.applications.code_origins import Origin, Row, origins
from assay.bytecode import columns
from assay.bytecode.dex import DexFile
from assay.bytecode.program.part import Part
from assay.bytecode.strings import text_of
from assay.model.source import BufferSource
from assay.reference.sdks import Observed, Sdk, Sdks
from tests.sdks.choice import chosen, seen
from tests.sdks.material import Library, dexed, jars
from tests.sdks.renamed import ALL, renamed, some_roots

HELD_OUT = (" pyspark 3.5.1,", " react-native 0.69.12,", " @nativescript/android 8.6.2,")
"""Packages that the table does not learn from."""
UNKNOWN = frozenset({"antlr", "avro", "commons-math", "janino", "zookeeper"})
"""SDKs that the table knows nothing of: the negative half."""
_TOLD = (Origin.NAMED, Origin.RENAMED)

Jar = tuple[str, str, str, bytes]
Score = dict[str, int]


def rows_without_features() -> list[Sdk]:
    """Return the rows of the table that comes with the bench, those of `UNKNOWN` left out."""
    return [msgspec.structs.replace(row, observed=()) for row in Sdks.packaged().rows if row.id not in UNKNOWN]


def trained(known: Iterable[Jar], folder: Path) -> Sdks:
    """Return the table that these libraries make."""
    rows = rows_without_features()
    learnt = [
        Library({sdk: version}, source, tuple(dexed(raw, folder / "dex")))
        for sdk, version, source, raw in known
        if sdk not in UNKNOWN
    ]
    all_ = seen(learnt, Sdks(rows))
    return Sdks(
        msgspec.structs.replace(row, observed=(Observed(versions=(), hashes=_words(chosen(all_, row.id))),))
        if row.id in all_
        else row
        for row in rows
    )


def _words(features: Iterable[int]) -> str:
    return " ".join(f"{one:012x}" for one in features)


def nameless(table: Sdks) -> Sdks:
    """Return the table without packages."""
    return Sdks(msgspec.structs.replace(row, prefixes=()) for row in table.rows)


def measured(dex: Sequence[bytes], was: dict[str, str], table: Sdks, same: frozenset[str]) -> dict[str, Score]:
    """Return what is told of the classes of DEX files against what they were; SDKs of `same` do not count."""
    parts = [_part(raw, number) for number, raw in enumerate(dex)]
    rows = origins(Application("org.example.host", (), lambda: parts), table).rows
    names = [_name(part, type_) for part in parts for type_ in part.columns.class_types.tolist()]
    packages = Sdks(rows_without_features())
    truth = [_sdk(packages, packages.named(was.get(name, name).rpartition(".")[0])) for name in names]
    by_package = [_sdk(packages, packages.named(name.rpartition(".")[0])) for name in names]
    told = [_sdk(table, row.sdk) if row.origin in _TOLD else "" for row in rows]
    return {
        "classes": _score([int(sdk not in same) for sdk in truth], truth, told, by_package),
        "instructions": _score(
            [row.instructions * (sdk not in same) for row, sdk in zip(rows, truth, strict=True)],
            truth,
            told,
            by_package,
        ),
        "untold": {"instructions": _share(_untold(rows), sum(row.instructions for row in rows))},
    }


def _part(raw: bytes, number: int) -> Part:
    dex = DexFile(BufferSource(raw))
    return Part(hashlib.sha256(raw).hexdigest(), str(number), columns.build(dex), lambda: dex)


def _name(part: Part, type_: int) -> str:
    return text_of(part.columns.descriptor(type_))[1:-1].replace("/", ".")


def _sdk(table: Sdks, row: int | None) -> str:
    return "" if row is None or row < 0 else table.rows[row].id


def _untold(rows: Iterable[Row]) -> int:
    return sum(row.instructions for row in rows if row.origin is Origin.UNTOLD)


def _score(weights: list[int], truth: list[str], told: list[str], by_package: list[str]) -> Score:
    count: Counter[str] = Counter()
    for weight, true, answer, package in zip(weights, truth, told, by_package, strict=True):
        count["of SDKs" if true else "of others"] += weight
        count["told"] += weight if answer else 0
        count["right"] += weight if answer and answer == true else 0
        count["others told"] += weight if answer and not true else 0
        count["right by package"] += weight if package and package == true else 0
    return {
        "of SDKs in the table": count["of SDKs"],
        "of others": count["of others"],
        "recall": _share(count["right"], count["of SDKs"]),
        "precision": _share(count["right"], count["told"]),
        "others wrongly told": _share(count["others told"], count["of others"]),
        "recall by package alone": _share(count["right by package"], count["of SDKs"]),
        "recall of nothing": 0,
    }


def _share(part: int, whole: int) -> int:
    return 1000 * part // whole if whole else 0


def main() -> None:
    """Print all variants."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("folder", type=Path)
    given.add_argument("--seed", type=int, default=1)
    choices = given.parse_args()
    all_ = list(jars(choices.folder))
    held = [jar for jar in all_ if any(name in jar[2] for name in HELD_OUT)]
    table = trained([jar for jar in all_ if jar not in held], choices.folder)
    learnt = {jar[:2] for jar in all_ if jar not in held}
    same = frozenset(jar[0] for jar in held if jar[:2] in learnt)
    plain = [jar[3] for jar in held]
    found = {
        "names kept": measured([dex for raw in plain for dex in dexed(raw, choices.folder / "dex")], {}, table, same)
    }
    for name, rules in (("renamed", ALL), ("renamed and shrunk", some_roots(plain, choices.seed))):
        dex, was = renamed(plain, choices.folder / name.replace(" ", "-"), rules)
        found[name] = measured(dex, was, table, same)
        found[f"{name}, features alone"] = measured(dex, was, nameless(table), same)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
