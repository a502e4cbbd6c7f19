"""Execution: what the class files do on a JVM decides whether the stated truth of a specimen holds."""

import json
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.gatebench import languages, toolchain
from benchmarks.gatebench.building import ANDROID, Built, manifest, resources
from benchmarks.gatebench.fragments import PROFILES, Profile, State
from benchmarks.gatebench.specimens import Specimen
from benchmarks.gatebench.toolchain import Failed, Tools

Effects = tuple[tuple[str, str], ...]
PROCESSES = 2
KINDS = {
    "message": {"toast", "dialog", "error", "notification", "speak", "show"},
    "logged": {"log"},
    "reported": {"network", "sms", "broadcast"},
    "stored": {"store", "insert"},
    "refused": {"store", "insert", "network", "sms", "show", "navigate", "call"},
    "masked": {"show", "store", "network"},
    "dropped": {"show", "hide", "stop"},
    "hidden": {"show", "hide", "stop"},
    "navigation": {"navigate", "stop", "connect", "show"},
    "connection": {"connect", "network", "stop"},
    "install": {"install", "stop"},
}
"""Effects by which a consequence can show itself; a decoy may differ in those that its allowed ones have."""


@dataclass(frozen=True)
class Pair:
    """Two runs that differ in the text alone."""

    specimen: Specimen
    profile: Profile
    state: State
    words: tuple[str, ...]
    match: str
    opens: bool

    def named(self) -> str:
        """Return what a person needs to run it again."""
        return f"{self.specimen.name} ({self.profile.id}, {dict(self.state)}, list {self.words[:1]}…)"


def pairs(specimen: Specimen) -> Iterator[Pair]:
    """Yield every pair of runs: each profile and state; and, where a server names the words, other words."""
    acts = specimen.truth is not None
    for profile in PROFILES:
        for state in specimen.gates.states():
            opens = acts and specimen.gates.opens(profile, state)
            yield Pair(specimen, profile, state, specimen.entries, specimen.match, opens)
            if specimen.others:
                yield Pair(specimen, profile, state, specimen.others, specimen.other_match, opens)
                yield Pair(specimen, profile, state, specimen.others, specimen.match, opens=False)


def disagreements(specimens: Sequence[Specimen], built: Built, made: Tools) -> tuple[list[str], int]:
    """Run every pair; return what disagrees with the stated truth, and how many runs were made."""
    planned = [pair for specimen in specimens for pair in pairs(specimen)]
    groups = [planned[start::PROCESSES] for start in range(PROCESSES)]
    with ThreadPoolExecutor(max_workers=PROCESSES) as workers:
        found = list(workers.map(lambda item: _run(item[1], item[0], built, made), enumerate(groups)))
    return sorted(line for lines in found for line in lines), 2 * len(planned)


def _run(planned: list[Pair], number: int, built: Built, made: Tools) -> list[str]:
    lines = [_job(pair, text, built, number) for pair in planned for text in (pair.match, pair.specimen.plain)]
    command = ["java", *toolchain.FAST_JVM, "-cp", str(made.stand_ins), "org.example.bench.Runner"]
    done = subprocess.run(command, input="".join(lines), capture_output=True, text=True, check=False)  # noqa: S603
    results = [json.loads(line) for line in done.stdout.splitlines()]
    if len(results) != len(lines):
        raise Failed(f"Runner: {len(results)} of {len(lines)} runs came back: {done.stderr[-3000:]}")
    both = zip(planned, results[::2], results[1::2], strict=True)
    return [f"{pair.named()}: {wrong}" for pair, match, plain in both if (wrong := judged(pair, match, plain))]


def judged(pair: Pair, match: Mapping[str, object], plain: Mapping[str, object]) -> str:
    """Return in which way a pair of runs disagrees with the truth; empty where it does not."""
    for result in (match, plain):
        if "error" in result:
            return f"failed: {str(result['error'])[:1500]}"
    own = addresses(pair.specimen)
    on_match, on_plain = _effects(match, own), _effects(plain, own)
    if pair.specimen.twin == "decoy":
        return _beyond(pair.specimen, on_match, on_plain)
    differs = consequence(pair.specimen, on_match, on_plain, pair)
    if pair.opens == differs:
        return "" if differs or _kinds(on_match) == _kinds(on_plain) else f"undeclared: {_shown(on_match, on_plain)}"
    stated = "a consequence" if pair.opens else "no consequence"
    return f"stated {stated}, ran otherwise: {_shown(on_match, on_plain)}"


def _effects(result: Mapping[str, object], own: tuple[str, ...]) -> Effects:
    """Return the effects of a run but for requests to the specimen's own servers of list and configuration."""
    effects = result["effects"]
    assert isinstance(effects, list)
    return tuple((kind, detail) for kind, detail in effects if kind != "network" or not detail.startswith(own))


def _kinds(effects: Effects) -> Counter[str]:
    return Counter(kind for kind, _ in effects)


def addresses(specimen: Specimen) -> tuple[str, ...]:
    """Return where list and configuration come from, in any state: asking there is no consequence, however late."""
    worlds = [specimen.world(specimen.entries, state) for state in specimen.gates.states()]
    return tuple(sorted({url for world in worlds for url in world.replies}))


def _shown(match: Effects, plain: Effects) -> str:
    return f"on a match {[f'{k}={d[:80]}' for k, d in match]}, otherwise {[f'{k}={d[:80]}' for k, d in plain]}"


def consequence(specimen: Specimen, match: Effects, plain: Effects, pair: Pair) -> bool:
    """Return whether the declared difference between a match and other text is there."""
    if not specimen.on_match and not specimen.on_plain:
        return masked(match, plain, pair.match, specimen.plain)
    more = all(count(match, effect) > count(plain, effect) for effect in specimen.on_match)
    return more and all(count(plain, effect) > count(match, effect) for effect in specimen.on_plain)


def count(effects: Effects, wanted: str) -> int:
    """Return how many effects are of a kind, or of a kind with a detail: "kind=part"."""
    kind, _, part = wanted.partition("=")
    return sum(one == kind and part.lower() in detail.lower() for one, detail in effects)


def masked(match: Effects, plain: Effects, matching: str, other: str) -> bool:
    """Return whether the same happens to both texts, and the matching one is not whole any more."""
    whole = [any(text in detail for _, detail in effects) for text, effects in ((matching, match), (other, plain))]
    return whole == [False, True] and _kinds(match) == _kinds(plain)


def _beyond(specimen: Specimen, match: Effects, plain: Effects) -> str:
    """Return by what a decoy does more than it says."""
    decoy = specimen.idioms[0]
    allowed = {kind for consequence in decoy.allowed for kind in KINDS[consequence]}
    differing = {kind for kind in {*_kinds(match), *_kinds(plain)} if _kinds(match)[kind] != _kinds(plain)[kind]}
    return "" if differing <= allowed else f"does more than {decoy.allowed}: {_shown(match, plain)}"


def _job(pair: Pair, text: str, built: Built, number: int) -> str:
    specimen = pair.specimen
    job = {
        "id": specimen.name,
        "package": specimen.package,
        "applications": [f"{each.package}.{each.application}" for each in reversed(specimen.applications)],
        "drivers": [each.package for each in reversed(specimen.applications)],
        "classes": [str(built.classes), *_libraries(specimen, built)],
        "root": str(built.folder / f"device-{number}"),
        "text": text,
        "world": world(pair),
    }
    return json.dumps(job) + "\n"


def _libraries(specimen: Specimen, built: Built) -> list[str]:
    """Return the JARs of a run: those of every application of it, each once."""
    return sorted({str(jar) for each in specimen.applications for jar in languages.libraries(each, built.folder)})


def world(pair: Pair) -> dict[str, object]:
    """Return the world of a run as the stand-ins read it."""
    outside = pair.specimen.world(pair.words, pair.state)
    market = {name: pair.profile.market for piece in pair.specimen.pieces for name in piece.market_properties}
    return {
        **{key: value for key, value in asdict(outside).items() if key not in {"preferences", "settings"}},
        "preferences": _given(outside.preferences),
        "settings": _given(outside.settings),
        "properties": {**outside.properties, **market},
        "profile": asdict(pair.profile),
        "package": pair.specimen.package,
        "components": components(pair.specimen),
        **carried(pair.specimen),
    }


def _given(values: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value is not None}


def carried(specimen: Specimen) -> dict[str, object]:
    """Return what the package carries beside code, by sort and name."""
    found: dict[str, dict[str, object]] = {"raw": {}, "xml": {}, "assets": {}, "strings": {}, "arrays": {}}
    for path, text in resources(specimen).items():
        kind, _, name = path.removeprefix("res/").partition("/")
        if kind in found:
            found[kind][name if kind == "assets" else Path(name).stem] = text
    for piece in specimen.pieces:
        found["strings"] |= piece.strings
        found["arrays"] |= {name: list(items) for name, items in piece.arrays.items()}
    return dict(found)


def components(specimen: Specimen) -> list[dict[str, object]]:
    """Return what the manifests declare, as far as something is delivered to it."""
    return [component for each in specimen.applications for component in _components(each)]


def _components(specimen: Specimen) -> list[dict[str, object]]:
    root = ET.fromstring(manifest(specimen))  # noqa: S314 - written by ourselves
    return [
        {
            "kind": element.tag,
            "name": _whole(str(element.get(f"{{{ANDROID}}}name")), specimen.package),
            "authority": element.get(f"{{{ANDROID}}}authorities", ""),
            "actions": [action.get(f"{{{ANDROID}}}name") for action in element.iter("action")],
        }
        for element in _declared(root)
    ]


def _declared(root: ET.Element) -> Iterable[ET.Element]:
    return (element for element in root.iter() if element.tag in {"activity", "service", "receiver", "provider"})


def _whole(name: str, package: str) -> str:
    return f"{package}{name}" if name.startswith(".") else name
