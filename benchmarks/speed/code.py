"""DEX to index, packages to instructions, against inflating the same bytes and against androguard."""

import hashlib
import statistics
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assay.artefacts.zip import ZipArchive
from assay.bytecode.dex import DexFile
from assay.model.source import BufferSource
from benchmarks.speed import machine, rival
from benchmarks.speed.corpus import Package, packages

TARGETS = {"dex_index_vs_zlib": ">= 1.8", "apk_vs_zlib": "<= 2.5", "vs_androguard": ">= 200"}
MEANING = {
    "dex_index_vs_zlib": "speed of DEX bytes to index with strings and references, over that of inflate, same bytes",
    "apk_vs_zlib": "time of ZIP, inflate (isal), sha256, index, all instructions decoded, over that of inflate alone",
    "vs_androguard": "androguard's time over ours for the same string loads and calls, compared row by row",
}
Seconds = dict[str, list[float]]


def measure(folder: Path, *, seed: int, rounds: int) -> dict[str, object]:
    """Return the ratios, medians over `rounds` rounds in each of which every step ran once, and what they rest on."""
    core = machine.pin()
    corpus = packages(folder, seed)
    compiling = _once(lambda: _steps(corpus))
    seconds = _rounds(corpus, rounds)
    return {
        **_ratios(seconds),
        **_androguard(corpus, statistics.median(seconds["dex_index"])),
        **machine.described(),
        "corpus": _described(corpus),
        "megabytes_per_second": _speeds(corpus, seconds),
        "method": _method(core, rounds, seed, compiling),
        "targets": TARGETS,
        "meaning": MEANING,
    }


def _rounds(corpus: Sequence[Package], rounds: int) -> Seconds:
    seconds: Seconds = {}
    for _ in range(rounds):
        for name, spent in _steps(corpus).items():
            seconds.setdefault(name, []).append(spent)
    return seconds


def _steps(corpus: Sequence[Package]) -> dict[str, float]:
    """Run each step once over the whole corpus and return its CPU seconds."""
    steps: dict[str, Callable[[], None]] = {
        "zlib": lambda: _inflate(corpus),
        "dex_index": lambda: _index(corpus),
        "apk": lambda: _pipeline(corpus),
    }
    return {name: _once(step) for name, step in steps.items()}


def _once(step: Callable[[], object]) -> float:
    began = time.process_time()
    step()
    return time.process_time() - began


def _inflate(corpus: Sequence[Package]) -> None:
    """The floor: inflate with the standard library's zlib and nothing else."""
    for package in corpus:
        for entry in package.entries:
            zlib.decompress(entry.packed, wbits=-15, bufsize=len(entry.data))


def _index(corpus: Sequence[Package]) -> None:
    for package in corpus:
        for entry in package.entries:
            DexFile(BufferSource(entry.data))


def _pipeline(corpus: Sequence[Package]) -> None:
    """The whole way: archive, entries, digests, index, every instruction decoded."""
    for package in corpus:
        for source in _members(package.data):
            hashlib.sha256(source.view()).digest()
            _ = DexFile(source).instructions


def _members(data: bytes) -> Iterator[BufferSource]:
    archive = ZipArchive(BufferSource(data))
    for member in archive.members():
        if member.name.endswith(b".dex"):
            yield BufferSource(member.open().view())


def _ratios(seconds: Seconds) -> dict[str, float]:
    """Return the median of the rounds' ratios; floor and step of a round ran one after the other."""
    index = [floor / spent for floor, spent in zip(seconds["zlib"], seconds["dex_index"], strict=True)]
    apk = [spent / floor for floor, spent in zip(seconds["zlib"], seconds["apk"], strict=True)]
    return {"dex_index_vs_zlib": round(statistics.median(index), 2), "apk_vs_zlib": round(statistics.median(apk), 2)}


def _androguard(corpus: Sequence[Package], ours: float) -> dict[str, object]:
    if not rival.available():
        return {"vs_androguard": None, "vs_androguard_reason": rival.MISSING}
    files = [entry.data for package in corpus for entry in package.entries]
    theirs, rows = rival.compare(files)
    return {"vs_androguard": round(theirs / ours, 1), "androguard_rows": rows, "androguard_seconds": round(theirs, 2)}


def _speeds(corpus: Sequence[Package], seconds: Seconds) -> dict[str, int]:
    """Return megabytes (10**6 bytes) of DEX per CPU second of each step, medians over the rounds."""
    size = sum(package.dex_bytes for package in corpus)
    return {name: round(size / 1e6 / statistics.median(spent)) for name, spent in seconds.items()}


def _described(corpus: Sequence[Package]) -> dict[str, object]:
    made_up = sum(package.dex_bytes for package in corpus if not package.real)
    return {
        "packages": [package.described() for package in corpus],
        "dex_megabytes": round(sum(package.dex_bytes for package in corpus) / 1e6, 2),
        "made_up_megabytes": round(made_up / 1e6, 2),
    }


def _method(core: int | None, rounds: int, seed: int, compiling: float) -> dict[str, object]:
    return {
        "clock": "CPU time of this process, one thread",
        "core": core,
        "rounds": rounds,
        "seed": seed,
        "caches": "all bytes in memory; every step ran once before the first round",
        "compiling": f"not counted: the first run, with numba compiling or loading kernels, took {compiling:.1f} s",
        "androguard": "once, after the rounds; its time is parsing and walking the instructions, without its analysis",
    }
