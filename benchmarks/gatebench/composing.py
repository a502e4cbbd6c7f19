"""Composition: the pieces of a plan are wired into one application, with its driver and its world."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from benchmarks.gatebench import frame_java
from benchmarks.gatebench.fragments import Idiom, Piece, State, World, in_a_sentence, place
from benchmarks.gatebench.naming import Names, made_up_words
from benchmarks.gatebench.specimens import COMPANION, Specimen
from benchmarks.gatebench.truth import Gates, Truth

TWINS = ("never-compared", "result-ignored", "dead-component", "other-text", "gate-false")
"""What one decisive thing makes a negative twin differ; "" is a positive."""

Worlds = Callable[[tuple[str, ...], State], World]


@dataclass(frozen=True)
class Plan:
    """What is to be put together; `gates` with their stages, `plumbing` by what it carries."""

    name: str
    seed: int
    list: Idiom
    text: Idiom
    matcher: Idiom
    consequence: Idiom | None = None
    gates: tuple[tuple[Idiom, str], ...] = ()
    plumbing: Mapping[str, Idiom] = field(default_factory=dict)
    twin: str = ""
    style: int = 0
    bridge: Idiom | None = None

    @property
    def idioms(self) -> tuple[Idiom, ...]:
        """Return all that is put together."""
        ends = (self.list, self.text, self.matcher, *([self.consequence] if self.consequence else []))
        bridge = (self.bridge,) if self.bridge else ()
        return (*ends, *bridge, *(gate for gate, _ in self.gates), *self.plumbing.values())


@dataclass
class Wiring:
    """The expressions that pieces made so far left for the next."""

    rng: random.Random
    entries: tuple[str, ...]
    gives: str = "List<String>"
    uses: dict[str, str] = field(default_factory=dict)

    def words(self, context: str) -> str:
        """Return an expression: the list."""
        return place(self.uses["words"], context)

    def condition(self, context: str, text: str) -> str:
        """Return a boolean expression: the gate is open and the text matches."""
        return place(self.uses["condition"], context, text)

    def decide(self, context: str, text: str) -> str:
        """Return a statement: what is done about the text."""
        return place(self.uses["decide"], context, text)

    def ask(self, context: str, text: str) -> str:
        """Return a boolean expression: the condition."""
        return place(self.uses["ask"], context, text)

    def start(self, context: str) -> str:
        """Return the statement that loads the list."""
        return place(self.uses["start"], context)


class Composer:
    """Puts one plan together, piece by piece, from the list towards the text."""

    def __init__(self, plan: Plan, package: str) -> None:
        self.plan = plan
        rng = random.Random(plan.seed)
        self.names = Names(package, plan.seed)
        words = made_up_words(rng, 12)
        self.match, self.plain, self.other, stored = _texts(plan, words)
        self.entries = tuple(map(plan.matcher.entry, stored[: rng.randint(4, 6)]))
        self.others = tuple(map(plan.matcher.entry, stored[8:]))
        self.wiring = Wiring(rng, self.entries, plan.list.gives)
        self.pieces: list[Piece] = []
        self.sources: dict[str, str] = {}
        self.manifest: list[str] = []
        self.companion: Specimen | None = None

    def specimen(self) -> Specimen:
        """Return the whole application."""
        words = self._words()
        self.wiring.uses["words"] = words.use
        self._through("words")
        match = self._matching(self._add(self.plan.matcher).use)
        self._condition(match, words)
        self._decision()
        self._text()
        return self._finished()

    def _words(self) -> Piece:
        """Return the piece that gives the list here: the list itself, or the bridge to the application that has it."""
        if self.plan.bridge is None:
            return self._add(self.plan.list)
        there = Composer(replace(self.plan, plumbing={}), self.names.other_package)
        there.names = self.names.beside()
        words = there._add(self.plan.list, "there")
        there.wiring.uses["words"] = self.wiring.uses["words"] = words.use
        piece = self._add(self.plan.bridge)
        self.wiring.gives = self.plan.bridge.gives
        there.take(piece.other or Piece())
        self.companion = there._companion(words.start)
        return piece

    def _companion(self, load: str) -> Specimen:
        """Return the application that has the list, as far as it was put together here."""
        self._start(load, [], [])
        made = self._finished()
        driver = frame_java.driver([piece.drive for piece in self.pieces], "")
        return replace(
            made,
            sources={**made.sources, frame_java.DRIVER: driver},
            name=f"{made.name}-{COMPANION}",
            idioms=(self.plan.list,),
            twin=COMPANION,
            gates=Gates(()),
            truth=None,
            on_match=(),
            on_plain=(),
            others=(),
        )

    def _add(self, idiom: Idiom, scope: str = "") -> Piece:
        """Make a piece; with a scope its roles are its own, without one list and matcher may share some."""
        names = self.names.scoped(scope)
        self.wiring.rng = names.drawing("piece", idiom.name)
        piece = idiom.make(names, self.wiring)
        self.take(piece, declared=not self._dead(idiom))
        return piece

    def take(self, piece: Piece, *, declared: bool = True) -> None:
        """Put a piece in; raises ValueError where one of its classes is there already."""
        self.pieces.append(piece)
        twice = self.sources.keys() & piece.sources.keys()
        if twice:
            raise ValueError(f"gatebench: classes that are there already: {sorted(twice)}")
        self.sources |= {**piece.sources, **dict(frame_java.played(*each) for each in piece.played.items())}
        self.manifest += piece.manifest if declared else []

    def _dead(self, idiom: Idiom) -> bool:
        """Return whether nothing declares what a text comes in through, nor what hands it on."""
        return self.plan.twin == "dead-component" and (idiom.kind == "text" or idiom.carries in {"decide", "ask"})

    def _through(self, carried: str) -> None:
        if carried in self.plan.plumbing:
            self.wiring.uses[carried] = self._add(self.plan.plumbing[carried], carried).use

    def _matching(self, use: str) -> str:
        """Return the expression that compares, or what stands in its place in a twin."""
        if self.plan.twin == "other-text":
            return place(use, "{context}", "{context}.getPackageName()")
        owner, method = self.names.type("frame twin"), self.names.method("frame twin")
        if self.plan.twin not in frame_java.TWINS:
            return use
        hit, words = place(use, "context", "text"), self.wiring.words("context")
        self.sources[owner] = frame_java.twin(self.plan.twin, owner, method, hit, words, self.names.field("frame"))
        return f"{owner}.{method}({{context}}, {{text}})"

    def _condition(self, match: str, words: Piece) -> None:
        gates: dict[str, list[str]] = {"use": [], "download": [], "consequence": []}
        starts = []
        for index, (idiom, stage) in enumerate(self._gates()):
            piece = self._add(idiom, f"gate {index}")
            gates[stage].append(piece.use.replace("{flag}", words.flag))
            starts.append(piece.start)
        self._start(words.start, starts, gates["download"])
        check = frame_java.Check(self.names.type("frame check"), self.names.method("frame check"), self.plan.style)
        before, after = gates["use"], gates["consequence"]
        self.sources |= check.sources(before, match, after)
        self.wiring.uses["condition"] = self.wiring.uses["ask"] = check.use(before, match, after)

    def _gates(self) -> tuple[tuple[Idiom, str], ...]:
        if self.plan.twin == "gate-false":
            return (*self.plan.gates, (frame_java.CLOSED, "use"))
        return self.plan.gates

    def _start(self, load: str, starts: list[str], gates: list[str]) -> None:
        owner, method = self.names.type("frame start"), self.names.method("frame start")
        if load or any(starts):
            self.sources[owner] = frame_java.start(owner, method, load, starts, gates)
            self.wiring.uses["start"] = f"{owner}.{method}({{context}});"
            self._through("start")
        else:
            self.wiring.uses["start"] = ""

    def _decision(self) -> None:
        if self.plan.consequence is None:
            self._through("ask")
            return
        body = self._add(self.plan.consequence, "consequence").use
        owner, method = self.names.type("frame decide"), self.names.method("frame decide")
        self.sources[owner] = frame_java.decide(owner, method, place(body, "context", "text"))
        self.wiring.uses["decide"] = f"{owner}.{method}({{context}}, {{text}});"
        self._through("decide")

    def _text(self) -> None:
        self._add(self.plan.text, "text")

    def _finished(self) -> Specimen:
        application = self.names.type("frame application")
        self.sources[application] = frame_java.application(application, self.wiring.start("this"))
        ends = self.plan.consequence or self.plan.text
        return Specimen(
            name=self.plan.name,
            package=self.names.package,
            idioms=self.plan.idioms,
            twin=self.plan.twin,
            sources=self.sources | {frame_java.DRIVER: self._driver()},
            pieces=tuple(self.pieces),
            manifest=tuple(self.manifest),
            application=application,
            entries=self.entries,
            match=self.match,
            plain=self.plain,
            on_match=ends.on_match,
            on_plain=ends.on_plain,
            gates=Gates(tuple(gate for gate, _ in self._gates())),
            truth=self._truth(ends),
            others=self.others if self.plan.list.remote and not self.plan.twin else (),
            other_match=self.other,
            companion=self.companion,
        )

    def _driver(self) -> str:
        before = [piece.drive for piece in self.pieces[:-1]]
        return frame_java.driver(before, "" if self.plan.twin == "dead-component" else self.pieces[-1].drive)

    def _truth(self, ends: Idiom) -> Truth | None:
        if self.plan.twin not in {"", "gate-false"}:
            return None
        gates = Gates(tuple(gate for gate, _ in self._gates()))
        undecidable = tuple(sorted({member for idiom in self.plan.idioms for member in idiom.undecidable}))
        remote = "yes" if self.plan.list.remote else "no"
        consequences = tuple(sorted(ends.consequences))
        return Truth(self.plan.list.origin, self.plan.text.origin, consequences, gates.table(), remote, undecidable)


def _texts(plan: Plan, words: tuple[str, ...]) -> tuple[str, str, str, tuple[str, ...]]:
    """Return a matching text, a plain one, one that matches the other list, and what stands on both lists."""
    sample = plan.matcher.sample
    shape = plan.text.sample
    if shape is not in_a_sentence and sample is in_a_sentence:
        sample = shape
    elif shape is not in_a_sentence:
        words = tuple(map(shape, words))
    return sample(words[0]), sample(words[7]), sample(words[8]), words


def decoy(idiom: Idiom, name: str, seed: int, package: str) -> Specimen:
    """Return a decoy: one idiom that is a whole application."""
    rng = random.Random(seed)
    names, words = Names(package, seed), made_up_words(rng, 12)
    entries = tuple(map(idiom.entry, words[: rng.randint(4, 6)]))
    piece = idiom.make(names, Wiring(rng, entries))
    application = names.type("frame application")
    made = {application: frame_java.application(application, place(piece.start, "this"))}
    return Specimen(
        name=name,
        package=package,
        idioms=(idiom,),
        twin="decoy",
        sources={**piece.sources, **made, frame_java.DRIVER: frame_java.driver([], piece.drive)},
        pieces=(piece,),
        manifest=piece.manifest,
        application=application,
        entries=entries,
        match=idiom.sample(words[0]),
        plain=idiom.sample(words[7]),
        on_match=idiom.on_match,
        on_plain=idiom.on_plain,
        gates=Gates(()),
        truth=None,
    )
