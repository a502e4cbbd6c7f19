"""How the idioms here are written: Java templates whose names are drawn by the seed.

Placeholders, each between two at signs: `T_role` a type, `m_role` a method, `f_role` a field, `k_role` a key, `p_role`
a path, `n_role_low_high` a number, `package` (with slashes: `folder`), `other_package`, `host`, `L` (the type of the
list), `entries` (Java literals of the list), and the wires `words(context)`, `condition(context|text)`,
`decide(context|text)`, `ask(context|text)`, `start(context)`, whose Java arguments are separated by bars. Anything else
comes from `parts` of the idiom.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from benchmarks.gatebench.fragments import Naming, Piece, State, Value, Wires, World, literal

PLACEHOLDER = re.compile(r"@(\w+)@")
WIRE = re.compile(r"@(\w+)\(([^@]*)\)@")
Parts = Callable[[Naming, Wires], Mapping[str, str]]
Answer = Callable[[tuple[str, ...], State], str | None]


def nothing_more(_names: Naming, _wiring: Wires) -> Mapping[str, str]:
    """Return no further parts."""
    return {}


@dataclass(frozen=True)
class Filler:
    """Fills templates with the names of one specimen."""

    names: Naming
    wiring: Wires
    parts: Mapping[str, str]

    def __call__(self, text: str) -> str:
        """Return the text with its placeholders replaced; raises KeyError for one that is unknown."""
        return WIRE.sub(self._wire, PLACEHOLDER.sub(self._one, text))

    def _wire(self, found: re.Match[str]) -> str:
        return str(getattr(self.wiring, found.group(1))(*found.group(2).split("|")))

    def _one(self, found: re.Match[str]) -> str:
        name = found.group(1)
        if name in self.parts:
            return self(self.parts[name])
        return self._plain(name)

    def _plain(self, name: str) -> str:
        if name == "L":
            return self.wiring.gives
        if name == "entries":
            return ", ".join(literal(entry) for entry in self.wiring.entries)
        if name == "folder":
            return self.names.package.replace(".", "/")
        if name in {"package", "other_package", "host"}:
            return str(getattr(self.names, name))
        return self._drawn(*name.split("_", 1))

    def _drawn(self, letter: str, role: str) -> str:
        if letter == "n":
            role, low, high = role.rsplit("_", 2)
            return str(self.names.number(role, int(low), int(high)))
        draw = {"T": "type", "m": "method", "f": "field", "k": "key", "p": "path"}[letter]
        return str(getattr(self.names, draw)(role))


@dataclass(frozen=True)
class Outside:
    """What the world outside holds for an idiom: templates of places, and what stands there by words and state.

    `replies`: URL -> answer; `files`: path -> text; `preferences`: "file/key" -> text; `providers`: URI -> (column,
    words -> values); `push`: keys -> text of one message. None as text: nothing is there.
    """

    replies: Mapping[str, Answer] = field(default_factory=dict)
    files: Mapping[str, Answer] = field(default_factory=dict)
    preferences: Mapping[str, Callable[[tuple[str, ...], State], Value]] = field(default_factory=dict)
    settings: Mapping[str, Callable[[tuple[str, ...], State], Value]] = field(default_factory=dict)
    providers: Mapping[str, str] = field(default_factory=dict)
    push: Mapping[str, Answer] = field(default_factory=dict)

    def world(self, fill: Filler) -> Callable[[tuple[str, ...], State], World]:
        """Return the world by words and state, with the names of one specimen."""

        def now(words: tuple[str, ...], state: State) -> World:
            message = {
                fill(key): text for key, answer in self.push.items() if (text := answer(words, state)) is not None
            }
            return World(
                replies=self._texts(self.replies, fill, words, state),
                files=self._texts(self.files, fill, words, state),
                preferences={fill(place): answer(words, state) for place, answer in self.preferences.items()},
                settings={fill(place): answer(words, state) for place, answer in self.settings.items()},
                providers={
                    fill(uri): tuple({fill(column): word} for word in words) for uri, column in self.providers.items()
                },
                push=(message,) if message else (),
            )

        return now

    @staticmethod
    def _texts(answers: Mapping[str, Answer], fill: Filler, words: tuple[str, ...], state: State) -> dict[str, str]:
        texts = {fill(place): answer(words, state) for place, answer in answers.items()}
        return {place: fill(text) for place, text in texts.items() if text is not None}


@dataclass(frozen=True)
class Template:
    """A piece before its names are drawn: the members of `Piece` as templates; called, it makes the piece."""

    sources: Mapping[str, str] = field(default_factory=dict)
    use: str = ""
    start: str = ""
    manifest: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    resources: Mapping[str, str] = field(default_factory=dict)
    strings: Mapping[str, str] = field(default_factory=dict)
    arrays: Mapping[str, str] = field(default_factory=dict)
    played: Mapping[str, str] = field(default_factory=dict)
    kotlin: Mapping[str, str] = field(default_factory=dict)
    smali: Mapping[str, str] = field(default_factory=dict)
    libraries: tuple[str, ...] = ()
    drive: str = ""
    market_properties: tuple[str, ...] = ()
    outside: Outside = field(default_factory=Outside)
    flag: str = ""
    flag_default: bool = False
    parts: Parts = nothing_more
    other: "Template | None" = None

    def __call__(self, names: Naming, wiring: Wires) -> Piece:
        """Return the piece with the names of one specimen."""
        fill = Filler(names, wiring, self.parts(names, wiring))
        return Piece(
            sources={fill(name): fill(text) for name, text in self.sources.items()},
            use=fill(self.use),
            start=fill(self.start),
            manifest=tuple(fill(element) for element in self.manifest),
            permissions=self.permissions,
            resources={fill(place): fill(text) for place, text in self.resources.items()},
            strings={fill(name): fill(text) for name, text in self.strings.items()},
            arrays={fill(name): wiring.entries for name in self.arrays},
            kotlin={fill(name): fill(text) for name, text in self.kotlin.items()},
            smali={fill(name): fill(text) for name, text in self.smali.items()},
            played={fill(name): fill(text) for name, text in self.played.items()},
            libraries=self.libraries,
            drive=fill(self.drive),
            market_properties=tuple(fill(name) for name in self.market_properties),
            world=self.outside.world(fill),
            flag=fill(self.flag),
            flag_default=self.flag_default,
            other=self.other(names.beside(), wiring) if self.other else None,
        )


def lines(words: tuple[str, ...], _state: State) -> str:
    """Return the words, one a line."""
    return "\n".join(words) + "\n"


def commas(words: tuple[str, ...], _state: State) -> str:
    """Return the words between commas."""
    return ",".join(words)
