"""The contract between the frame and the idioms: how an idiom is described, and what it gives as Java source.

A specimen is one application. Its pieces are wired together by Java expressions that each piece leaves for the next:

    text component -> [plumbing "decide" or "ask"] -> condition = gate && match -> consequence
    match -> [plumbing "words"] -> list;  start of the app -> [plumbing "start"] -> loader

Every piece is made by `Idiom.make(names, wiring)`. Classes stand in one package; a source is Java text without its
`package` line, under star imports of java.util, java.io, android.app, android.content, android.os, android.view and
android.widget (single imports of one's own go before them). `fill` puts names into a text.

What each kind gives in `Piece.use` (Java, in which `{context}` and `{text}` stand for expressions of its user):
- list: an expression of type `Idiom.gives`; `Piece.start` is the statement that loads it ("" for what is built in).
- matcher: a boolean expression; asks `wiring.words(context)` for the list, whose type is one of `Idiom.takes`.
- gate: a boolean expression, in which `{flag}` stands for the switch that came with the list; `Piece.start` loads its
  configuration, where a server delivers that.
- consequence: statements; ask `wiring.condition(context, text)`, do one thing on a match and another otherwise. They
  become the body of a void method, so `return;` is allowed.
- plumbing: for "decide" a statement that leads to `wiring.decide(context, text)`; for "ask" a boolean expression that
  leads to `wiring.ask(context, text)`; for "words" an expression of any `takes` type that hands over
  `wiring.words(context)` of that same type; for "start" a statement that leads to `wiring.start(context)`.
- text: nothing; its component calls `wiring.decide(context, text)` (shape "event") or `wiring.ask(context, text)`
  (shape "question", whose consequence is its own: then `consequences`, `on_match` and `on_plain` are stated there).
- bridge: an expression of type `Idiom.gives` in the application that compares; `Piece.other` is what stands in the one
  that has the list, which asks `wiring.words(context)` for it there.
- decoy: nothing; a whole application, whose truth is that no consequence beyond `allowed` follows from a match.

Drivers (`Piece.drive`) run in the application's package with `context` and `text` in scope; they call components
themselves or through `Bench` (stand_ins/org/example/bench/Bench.java, imported), which starts activities (`open`),
types, clicks, submits, follows links, delivers intents, messages, notifications and push to whatever the manifest
declares, and sets what providers, pages and servers hold. `Bench.effect(kind, detail)` records. In a run, constants of
the code that begin with /system/, /vendor/, /product/, /data/, /sdcard/ or /storage/ name places of a made-up device.
The idioms' package exports `IDIOMS: tuple[Idiom, ...]`. Stand-ins lie in stand_ins/ as Java; an idiom that needs one
that is missing brings it along there.
"""

import random
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

Kind = Literal["list", "text", "matcher", "consequence", "gate", "plumbing", "decoy", "bridge"]
Value = bool | int | str | None
State = Mapping[str, Value]
"""Values of variables by name; None, or a name that is missing: not delivered, not set."""

PLACEHOLDER = re.compile(r"@(\w+)@")


@dataclass(frozen=True)
class Profile:
    """Values of a handset that no server controls; the unknown market has empty ones."""

    id: str
    market: str
    locale: str
    sim_country: str
    european_union: bool


PROFILES = (
    Profile("eu-lt", "LT", "lt-LT", "lt", european_union=True),
    Profile("cn", "CN", "zh-CN", "cn", european_union=False),
    Profile("us", "US", "en-US", "us", european_union=False),
    Profile("unknown", "", "", "", european_union=False),
)


class Naming(Protocol):
    """Names drawn by the seed: the same role gives the same name throughout a specimen."""

    @property
    def package(self) -> str:
        """Return the name of the package."""

    @property
    def other_package(self) -> str:
        """Return the name of the other package, where there are two."""

    @property
    def host(self) -> str:
        """Return the host of the specimen's server."""

    def beside(self) -> "Naming":
        """Return the same names for the other package."""

    def type(self, role: str) -> str:
        """Return the simple name of a class."""

    def method(self, role: str) -> str:
        """Return the name of a method."""

    def field(self, role: str) -> str:
        """Return the name of a field or a local variable."""

    def key(self, role: str) -> str:
        """Return a key of JSON, preferences, extras, tables or resources: lower case, with `_`."""

    def path(self, role: str) -> str:
        """Return the path of a URL, with its leading slash."""

    def number(self, role: str, low: int, high: int) -> int:
        """Return a number from low to high, both included."""


class Wires(Protocol):
    """What the other pieces of the specimen offer, as Java text; all arguments are Java expressions."""

    rng: random.Random
    entries: tuple[str, ...]
    gives: str

    def words(self, context: str) -> str:
        """Return an expression of type `gives`: the list, through its plumbing."""

    def condition(self, context: str, text: str) -> str:
        """Return a boolean expression: the gate is open and the text matches."""

    def decide(self, context: str, text: str) -> str:
        """Return a statement: what is done about the text, through its plumbing."""

    def ask(self, context: str, text: str) -> str:
        """Return a boolean expression: the condition, through its plumbing."""

    def start(self, context: str) -> str:
        """Return the statement that loads the list, to be wrapped by plumbing."""


@dataclass(frozen=True)
class World:
    """What stands outside the application in one run.

    `replies` by URL (no entry: the request fails); `files` by absolute path; `preferences` by "file/key" (set by others
    or by the user); `settings` by name; `properties` beside the market's; `providers` by URI: rows of columns; `push`:
    messages, which the driver of the list delivers.
    """

    replies: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    preferences: Mapping[str, Value] = field(default_factory=dict)
    settings: Mapping[str, Value] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    providers: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    push: tuple[Mapping[str, str], ...] = ()


def joined(worlds: Iterable[World]) -> World:
    """Return the worlds as one."""
    made = World()
    for world in worlds:
        made = World(
            replies={**made.replies, **world.replies},
            files={**made.files, **world.files},
            preferences={**made.preferences, **world.preferences},
            settings={**made.settings, **world.settings},
            properties={**made.properties, **world.properties},
            providers={**made.providers, **world.providers},
            push=(*made.push, *world.push),
        )
    return made


def nothing(_words: tuple[str, ...], _state: State) -> World:
    """Return the empty world: nothing is delivered and nothing is set."""
    return World()


@dataclass(frozen=True)
class Piece:
    """The Java of one idiom in one specimen.

    - `sources`: class name -> text; `use`, `start`: see above.
    - `manifest`: elements inside <application>; a twin that is dead code lacks those of its text.
    - `resources`: "res/…" or "assets/…" -> content. `strings`, `arrays`: name -> value(s), which the frame writes into
      one file each; in Java they are `R.string.NAME` and `R.array.NAME`.
    - `kotlin`: name of a file -> text, without its `package` line; `smali`: class name -> text, in which names of
      classes begin with `L@folder@/`. Java calls both as classes of the package.
    - `played`: class name -> text of a class that a run takes in the place of the one in the package, for whose native
      methods it has no library; it says what that would do. It stands beside the other sources.
    - `libraries`: packages of the stand-ins (e.g. "okhttp3") whose classes the application bundles.
    - `drive`: Java statements; for a text, those that bring `text` into the component; for others, run before it.
    - `market_properties`: names of system properties that hold the profile's market.
    - `world`: what the words and the state of server and user come to outside.
    - `flag`: for a list that brings a switch along, the boolean expression that reads it; the state calls it "flag",
      and `flag_default` is what it gives when it was not delivered.
    """

    sources: Mapping[str, str] = field(default_factory=dict)
    use: str = ""
    start: str = ""
    manifest: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    resources: Mapping[str, str] = field(default_factory=dict)
    strings: Mapping[str, str] = field(default_factory=dict)
    arrays: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    played: Mapping[str, str] = field(default_factory=dict)
    kotlin: Mapping[str, str] = field(default_factory=dict)
    smali: Mapping[str, str] = field(default_factory=dict)
    libraries: tuple[str, ...] = ()
    drive: str = ""
    market_properties: tuple[str, ...] = ()
    world: Callable[[tuple[str, ...], State], World] = nothing
    flag: str = ""
    flag_default: bool = False
    other: "Piece | None" = None


def always(_profile: Profile, _state: State) -> bool:
    """Return true: a gate that is always open."""
    return True


def in_a_sentence(word: str) -> str:
    """Return a text that contains the word among others."""
    return f"we met {word} near the river"


def itself(word: str) -> str:
    """Return the word."""
    return word


@dataclass(frozen=True)
class Idiom:
    """One way in which such code is written, with its part of the truth.

    `origin`: list_origin of a list ("constants", "downloaded", …), text_origin of a text ("typed", "url", …).
    `remote`: a server can change the words. `gives`/`takes`: Java types, one of List<String>, Set<String>, String[],
    String (comma-separated), or "table" (the matcher asks the table: `words` gives a SQLiteDatabase with table and
    column under names.key("table"), names.key("column")). `carries` of plumbing: decide, ask, words, start. `shape` of
    text: event, question. `fits` of a consequence: text origins with which it makes sense (empty: all).
    `consequences`: as in the fact table; `on_match`/`on_plain`: effects that the recorder shows only then, each a kind
    or "kind=part of its detail"; none of either: the text that is shown, stored or sent is another (masked).
    `opens`: a gate's truth. `server`/`user`: the values each variable can take, beside not being delivered; a user's
    variable that is missing stands at its default. `stages` of a gate: use, download, consequence.
    `sample`: a text that matches an entry made from the word; `entry`: what stands on the list for a word.
    `undecidable`: members of the tuple that no reading of the package can decide; the truth of these is "unknown".
    `needs_flag`: the gate reads the switch that came with the list. `tokens`: the matcher compares what stands between
    blanks, so it meets no word inside an address. `whole`: a text that arrives as it was brought, with nothing put
    before or behind it. `also`: text origins that are right as well, e.g. of an address that an intent brings.
    `allowed`: what a decoy may be reported with. `language`: "kotlin" or "smali" where it is written in that;
    "imitated" where Java imitates what Kotlin's compiler makes, which cannot meet the real library in one application.
    """

    kind: Kind
    name: str
    make: Callable[[Naming, Wires], Piece]
    held_back: bool = False
    origin: str = ""
    remote: bool = False
    gives: str = "List<String>"
    takes: tuple[str, ...] = ("List<String>",)
    carries: str = ""
    shape: str = "event"
    fits: tuple[str, ...] = ()
    consequences: tuple[str, ...] = ()
    on_match: tuple[str, ...] = ()
    on_plain: tuple[str, ...] = ()
    opens: Callable[[Profile, State], bool] = always
    server: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    user: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    stages: tuple[str, ...] = ("use",)
    sample: Callable[[str], str] = in_a_sentence
    entry: Callable[[str], str] = itself
    undecidable: tuple[str, ...] = ()
    needs_flag: bool = False
    tokens: bool = False
    whole: bool = True
    also: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    language: Literal["", "kotlin", "smali", "imitated"] = ""


EFFECTS = (
    "toast dialog error notification speak log network sms store show hide navigate connect stop install insert "
    "broadcast exit call"
).split()
"""Kinds of effects the recorder knows; `Bench.effect(kind, detail)` in the stand-ins."""


def fill(text: str, **parts: object) -> str:
    """Return a Java text with each `@name@` replaced; raises KeyError for a name that was not given."""
    return PLACEHOLDER.sub(lambda found: str(parts[found.group(1)]), text)


ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def literal(value: str) -> str:
    """Return the Java string literal of a text, in ASCII."""
    raw = value.encode("utf-16-be")
    units = [chr(int.from_bytes(raw[at : at + 2], "big")) for at in range(0, len(raw), 2)]
    return '"' + "".join(ESCAPES.get(u) or (u if " " <= u <= "~" else f"\\u{ord(u):04x}") for u in units) + '"'


def place(use: str, context: str, text: str = "") -> str:
    """Return what a piece leaves for others, with the expressions of its user put in."""
    return use.replace("{context}", context).replace("{text}", text)
