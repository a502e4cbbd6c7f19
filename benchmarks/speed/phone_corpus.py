"""A phone's worth of applications, made by seed; nothing here imports anything of the bench.

Each application is a ZIP archive with DEX files until its size is reached, and a manifest that declares their
components. Nearly all DEX files are variants (`benchmarks.speed.variants`) of the real ones that tests use too, each
with a seed of its own; one in `SHARED_IN` is a file that many applications carry unchanged. Where no real packages can
be had, made-up code stands in and the result says so. Entries are deflated at a low level to save time.
"""

import random
import shutil
import struct
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import numpy as np
from isal import isal_zlib

from benchmarks.speed import components, corpus, variants

SHARED_IN = 8
SPREAD = 3.0
"""The largest application is at most so many times as large as the middle one."""
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


class Plan(NamedTuple):
    """One application: its file's name, and for each DEX file which source it is made of and the seed, 0 for as is."""

    name: str
    parts: tuple[tuple[int, int], ...]


class Made(NamedTuple):
    """What was made: bytes of DEX, and a hash of each method body by the independent count."""

    dex_bytes: int
    bodies: np.ndarray


MIN_DEX = 200_000
"""Smaller DEX files are left out: a phone's are larger."""


def sources(folder: Path, seed: int, *, real: bool) -> list[bytes]:
    """Return distinct DEX files: of the real packages in a folder, or made up where there are none."""
    found = {entry.data for package in corpus.packages(folder, seed, least=0) for entry in package.entries if real}
    found = found or {corpus.made_up_dex(random.Random(seed + number)) for number in range(4)}
    return sorted(
        (data for data in found if _plain(data) and len(data) >= MIN_DEX), key=lambda data: (len(data), data[:32])
    )


def _plain(data: bytes) -> bool:
    """Say whether a file is one that variants can be made of: whole, and of a version without containers."""
    return data[:4] == b"dex\n" and data[4:7] < b"041" and int.from_bytes(data[32:36], "little") == len(data)


def plans(sizes: list[int], apps: int, dex_bytes: int, seed: int) -> list[Plan]:
    """Return what goes into each application, of which sizes differ as those of a phone do."""
    choice = random.Random(seed)
    weights = [min(SPREAD, choice.lognormvariate(0, 0.7)) for _ in range(apps)]
    return [
        Plan(f"app-{number:04}.apk", tuple(_parts(sizes, dex_bytes * weight / sum(weights), choice)))
        for number, weight in enumerate(weights)
    ]


def _parts(sizes: list[int], dex_bytes: float, choice: random.Random) -> Iterator[tuple[int, int]]:
    """Yield parts until none fits any more; the smallest where not even that one does."""
    left = max(dex_bytes, min(sizes))
    while fitting := [number for number, size in enumerate(sizes) if size <= left]:
        part = choice.choice(fitting)
        left -= sizes[part]
        yield part, 0 if choice.randrange(SHARED_IN) == 0 else choice.getrandbits(62) + 1


def changed(planned: list[Plan], share: float, seed: int, most_parts: int = 1 << 30) -> list[Plan]:
    """Return new versions of a share of the applications: the same parts, the first `most_parts` with other seeds."""
    choice = random.Random(seed + 1)
    some = choice.sample(planned, max(1, round(share * len(planned))))
    return [Plan(plan.name, tuple(_renewed(plan, most_parts, choice))) for plan in some]


def _renewed(plan: Plan, most_parts: int, choice: random.Random) -> Iterator[tuple[int, int]]:
    for number, (part, seed) in enumerate(plan.parts):
        yield part, choice.getrandbits(62) + 1 if number < most_parts else seed


def write(folder: Path, dex: list[bytes], planned: Iterable[Plan], processes: int) -> list[Made]:
    """Write applications; return what was made, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(processes, initializer=_take, initargs=(dex,)) as pool:
        return list(pool.map(_write, [(folder, plan) for plan in planned], chunksize=4))


_sources: list[variants.Source] = []


def _take(dex: list[bytes]) -> None:
    _sources.extend(map(variants.source, dex))


def _write(job: tuple[Path, Plan]) -> Made:
    folder, plan = job
    made = [_part(*part) for part in plan.parts]
    manifest = components.manifest(f"org.example.{plan.name.partition('.')[0].replace('-', '')}", made)
    (folder / plan.name).write_bytes(b"".join(_archive([("AndroidManifest.xml", manifest), *_named(made)])))
    hashes = [variants.bodies(data, _sources[part].codes) for data, (part, _) in zip(made, plan.parts, strict=True)]
    return Made(sum(map(len, made)), np.concatenate(hashes))


def _part(number: int, seed: int) -> bytes:
    return variants.variant(_sources[number], seed) if seed else _sources[number].data


def _named(made: list[bytes]) -> Iterator[tuple[str, bytes]]:
    for number, data in enumerate(made, 1):
        yield f"classes{number if number > 1 else ''}.dex", data


def _archive(entries: list[tuple[str, bytes]]) -> Iterator[bytes]:
    """Yield a ZIP archive; PKWARE APPNOTE 6.3.10."""
    at, central = 0, BytesIO()
    for name, data in entries:
        packer = isal_zlib.compressobj(1, wbits=-15)
        packed = packer.compress(data) + packer.flush()
        raw, sizes = name.encode(), (zlib.crc32(data), len(packed), len(data))
        central.write(_CENTRAL.pack(b"PK\1\2", 20, 20, 0, 8, 0, 0x21, *sizes, len(raw), 0, 0, 0, 0, 0, at) + raw)
        head = _LOCAL.pack(b"PK\3\4", 20, 0, 8, 0, 0x21, *sizes, len(raw), 0) + raw
        yield head
        yield packed
        at += len(head) + len(packed)
    yield central.getvalue()
    yield _END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), central.tell(), at, 0)


def remove(folder: Path) -> None:
    """Remove what was made."""
    shutil.rmtree(folder, ignore_errors=True)
