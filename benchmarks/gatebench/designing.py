"""Design: which idioms meet in a run, drawn by the seed so that each is met before any is met again."""

import functools
import importlib
import pkgutil
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from benchmarks.gatebench import composing, idioms
from benchmarks.gatebench.composing import TWINS, Plan
from benchmarks.gatebench.fragments import EFFECTS, Idiom, Piece, in_a_sentence
from benchmarks.gatebench.naming import NOUNS, Names
from benchmarks.gatebench.specimens import Specimen

CARRIES = ("decide", "ask", "words", "start")
SEED_SPACE = 2**31
TWO_GATES = 0.25
PLUMBED = 0.75
CONSEQUENCE_FIRST = 0.5
GATED = 0.8
BRIDGED = (12, (4, 9))
"""Of so many cases, those with these numbers have their list in another application."""


def pool() -> tuple[Idiom, ...]:
    """Return every idiom, by the order of module names."""
    names = sorted(module.name for module in pkgutil.iter_modules(idioms.__path__))
    modules = [importlib.import_module(f"{idioms.__name__}.{name}") for name in names]
    found = [idiom for module in modules for idiom in getattr(module, "IDIOMS", ())]
    twice = [name for name, count in Counter(idiom.name for idiom in found).items() if count > 1]
    odd = [idiom.name for idiom in found if not _sound(idiom)]
    if twice or odd:
        raise ValueError(f"gatebench: idioms of one name: {twice}; with effects or plumbing that nobody knows: {odd}")
    return tuple(found)


def _sound(idiom: Idiom) -> bool:
    """Return whether an idiom speaks of effects and plumbing that exist."""
    effects = {effect.partition("=")[0] for effect in (*idiom.on_match, *idiom.on_plain)}
    return effects <= set(EFFECTS) and (idiom.kind != "plumbing" or idiom.carries in CARRIES)


def anything(_idiom: Idiom) -> bool:
    """Return true: any idiom fits."""
    return True


def has(idiom: Idiom, member: str) -> bool:
    """Return whether the piece that an idiom makes has something there, e.g. a flag or a start."""
    return bool(getattr(_tried(idiom), member))


def _tried(idiom: Idiom) -> Piece:
    wiring = composing.Wiring(random.Random(0), ("word",), idiom.gives)
    wiring.uses = dict.fromkeys(("words", "condition", "decide", "ask", "start"), "null")
    return idiom.make(Names("org.example.trial", 0), wiring)


@dataclass
class Draw:
    """Draws idioms, least met first; ties fall by the seed. `languages`: of what meets in the present specimen."""

    rng: random.Random
    pool: tuple[Idiom, ...]
    met: Counter[str] = field(default_factory=Counter)
    languages: set[str] = field(default_factory=set)

    def one(self, kind: str, fits: Callable[[Idiom], bool], *, held_back: bool) -> Idiom:
        """Return an idiom of the kind that fits; held-back ones only where they are asked for, and then rather."""
        found = [idiom for idiom in self.pool if idiom.kind == kind and fits(idiom) and self._speaks(idiom)]
        allowed = [idiom for idiom in found if held_back or not idiom.held_back] or found
        if not allowed:
            raise LookupError(f"gatebench: no {kind} fits here")
        order = [(self.met[idiom.name] - 0.5 * idiom.held_back, self.rng.random()) for idiom in allowed]
        chosen = allowed[order.index(min(order))]
        self.met[chosen.name] += 1
        self.languages.add(chosen.language)
        return chosen

    def _speaks(self, idiom: Idiom) -> bool:
        """Return whether no imitation of Kotlin would meet Kotlin."""
        return not {"kotlin", "imitated"} <= {idiom.language, *self.languages}


def specimens(seed: int, apps: int, only: str = "") -> list[Specimen]:
    """Return the specimens of a run: cases, each followed by its negative twin, and then every decoy."""
    rng = random.Random(seed)
    draw = Draw(rng, pool())
    decoys = [idiom for idiom in draw.pool if idiom.kind == "decoy"]
    rng.shuffle(decoys)
    decoys = decoys[: max(apps // 3, 1)]
    made: list[Specimen] = []
    packages = _packages(rng)
    while len(made) + len(decoys) < apps:
        number = len(made) // 2
        bridged = number % BRIDGED[0] in BRIDGED[1]
        plan = _plan(draw, f"s{seed}-{number:03}", held_back=number % 2 == 1, bridged=bridged)
        twin = replace(plan, name=f"{plan.name}-{TWINS[number % len(TWINS)]}", twin=TWINS[number % len(TWINS)])
        made += [composing.Composer(each, next(packages)).specimen() for each in (plan, twin)]
    made = made[: apps - len(decoys)]
    for idiom in decoys:
        made.append(composing.decoy(idiom, f"s{seed}-{idiom.name}", rng.randrange(SEED_SPACE), next(packages)))
    return [specimen for specimen in made if _wanted(specimen, only)]


def _wanted(specimen: Specimen, only: str) -> bool:
    return not only or only in specimen.name or any(only == idiom.name for idiom in specimen.idioms)


def _packages(rng: random.Random) -> Iterator[str]:
    names = [f"org.example.{first}{second}" for first in NOUNS for second in NOUNS if first != second]
    rng.shuffle(names)
    return iter(names)


def movable(words: Idiom) -> bool:
    """Return whether a list can stand in the other of two applications: by its package it looks for nothing."""
    piece = _tried(words)
    own = any("getDefaultSharedPreferences" in text for text in piece.sources.values())
    return not (own or piece.resources or piece.strings or piece.arrays)


def _plan(draw: Draw, name: str, *, held_back: bool, bridged: bool) -> Plan:
    def one(kind: str, fits: Callable[[Idiom], bool]) -> Idiom:
        return draw.one(kind, fits, held_back=held_back)

    draw.languages.clear()
    text, consequence = _ends(draw, held_back=held_back)
    bridge = one("bridge", anything) if bridged else None
    matcher = one("matcher", lambda idiom: fits_matcher(idiom, text) and (not bridge or bridge.gives in idiom.takes))
    words = one("list", lambda idiom: idiom.gives in (bridge or matcher).takes and (not bridge or movable(idiom)))
    here = bridge or words
    gates = tuple(_gates(draw, here, held_back=held_back))
    carried = list(_carried(draw, here, event=consequence is not None))
    plumbing = {each: one("plumbing", functools.partial(fits_plumbing, carried=each, words=here)) for each in carried}
    seed, style = draw.rng.randrange(SEED_SPACE), draw.rng.randrange(4)
    return Plan(name, seed, words, text, matcher, consequence, gates, plumbing, "", style, bridge)


def _ends(draw: Draw, *, held_back: bool) -> tuple[Idiom, Idiom | None]:
    """Return a text and a consequence that fit; now one and now the other is drawn first."""
    if draw.rng.random() < CONSEQUENCE_FIRST:
        first = draw.one("consequence", anything, held_back=held_back)
        return draw.one("text", functools.partial(_meets, consequence=first), held_back=held_back), first
    text = draw.one("text", anything, held_back=held_back)
    if text.shape == "question":
        return text, None
    return text, draw.one("consequence", functools.partial(_follows, text=text), held_back=held_back)


def _meets(text: Idiom, *, consequence: Idiom) -> bool:
    return text.shape == "event" and (not consequence.fits or text.origin in consequence.fits)


def _follows(consequence: Idiom, *, text: Idiom) -> bool:
    return _meets(text, consequence=consequence)


def fits_matcher(idiom: Idiom, text: Idiom) -> bool:
    """Return whether a matcher can meet a word in such texts."""
    if idiom.tokens:
        return text.sample is in_a_sentence
    return text.whole or idiom.sample is in_a_sentence


def fits_plumbing(idiom: Idiom, *, carried: str, words: Idiom) -> bool:
    """Return whether plumbing carries that, and the list's type where it is the list."""
    return idiom.carries == carried and (carried != "words" or words.gives in idiom.takes)


def _carried(draw: Draw, words: Idiom, *, event: bool) -> Iterator[str]:
    """Yield what goes through plumbing in this specimen."""
    possible = ["decide" if event else "ask", "words", *(["start"] if has(words, "start") else [])]
    for carried in possible:
        there = any(
            idiom.kind == "plumbing" and fits_plumbing(idiom, carried=carried, words=words) for idiom in draw.pool
        )
        if there and draw.rng.random() < PLUMBED:
            yield carried


def _gates(draw: Draw, words: Idiom, *, held_back: bool) -> Iterator[tuple[Idiom, str]]:
    flagged, loaded = has(words, "flag"), has(words, "start")
    count = (draw.rng.random() < GATED) + (draw.rng.random() < TWO_GATES)
    variables: set[str] = set()
    for _ in range(count):
        fits = functools.partial(_fits_gate, variables=frozenset(variables), flagged=flagged)
        gate = draw.one("gate", fits, held_back=held_back)
        variables |= set(gate.server) | set(gate.user)
        yield gate, _stage(draw.rng, gate.stages, loaded=loaded and not gate.needs_flag)


def _fits_gate(idiom: Idiom, *, variables: Iterable[str], flagged: bool) -> bool:
    """Return whether a gate can stand here: its switch is there, and no gate before has variables of these names."""
    return (flagged or not idiom.needs_flag) and not (set(idiom.server) | set(idiom.user)).intersection(variables)


def _stage(rng: random.Random, stages: tuple[str, ...], *, loaded: bool) -> str:
    """Return where the gate stands; a download can only be gated where there is one."""
    possible = [stage for stage in stages if stage != "download" or loaded]
    return rng.choice(possible or ["use"])
