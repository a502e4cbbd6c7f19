"""Names and words drawn by the seed: what stands in a specimen says nothing about what it does."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

NOUNS = (
    "amber anchor apple arch autumn badge barn basin beacon birch bridge cabin canal candle canyon cedar chalk cliff "
    "cloud clover comet coral cotton crane creek dahlia delta dune eagle ember falcon fern field fjord flint forest "
    "garden glacier granite grove harbour hazel heron hill island ivory jasmine juniper kettle lagoon lantern larch "
    "lemon lily linen maple marble meadow mill mirror moor moss oak ocean olive orchard otter paper pebble pine planet "
    "plum pond poppy prairie quartz rain raven reed river robin saddle sage sail shell silver sparrow spruce stone "
    "summer thistle timber tulip valley velvet violet walnut water willow winter wool"
).split()
VERBS = (
    "add apply ask bring call check draw find get give hold keep load look make open pass put read run see send take"
).split()
ENDINGS = ("", "Task", "Store", "Manager", "Item", "Model", "Impl", "Info", "Entry", "Unit", "View", "Data", "Part")
SYLLABLES = "ba de fi go hu ja ke li mo nu pa re si to vu wa xe yi zo tra plo kri".split()
OTHER = "depot"
RESERVED = frozenset({"do", "R", "Drive"})


def made_up_word(rng: random.Random) -> str:
    """Return a word of no language, three or four syllables."""
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(3, 4)))


def made_up_words(rng: random.Random, count: int) -> tuple[str, ...]:
    """Return that many words, none part of another."""
    found: list[str] = []
    while len(found) < count:
        word = made_up_word(rng)
        if not any(word in other or other in word for other in found):
            found.append(word)
    return tuple(found)


@dataclass
class Names:
    """The names of one specimen; a role keeps its name, whatever else is drawn, and no two roles share one."""

    package: str
    seed: int
    scope: str = ""
    drawn: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def other_package(self) -> str:
        """Return the name of the other of two packages: of the second one for the first, and the other way round."""
        return self.package.removesuffix(OTHER) if self.package.endswith(OTHER) else f"{self.package}{OTHER}"

    def beside(self) -> "Names":
        """Return the same names for the other package."""
        return Names(self.other_package, self.seed, self.scope, self.drawn)

    @property
    def host(self) -> str:
        """Return the host of the specimen's server."""
        return self._once("host", "", lambda rng: f"{_noun(rng)}-{_noun(rng)}.example.test")

    def scoped(self, scope: str) -> "Names":
        """Return the same names for a second piece of one kind, whose roles are its own."""
        return Names(self.package, self.seed, scope, self.drawn)

    def type(self, role: str) -> str:
        """Return the simple name of a class."""
        return self._once("type", role, lambda rng: _noun(rng).title() + _noun(rng).title() + rng.choice(ENDINGS))

    def method(self, role: str) -> str:
        """Return the name of a method."""
        return self._once("method", role, lambda rng: rng.choice(VERBS) + _noun(rng).title())

    def field(self, role: str) -> str:
        """Return the name of a field or a local variable."""
        return self._once("field", role, lambda rng: _noun(rng) + _noun(rng).title())

    def key(self, role: str) -> str:
        """Return a key in lower case."""
        return self._once("key", role, lambda rng: f"{_noun(rng)}_{_noun(rng)}")

    def path(self, role: str) -> str:
        """Return the path of a URL."""
        return self._once("path", role, lambda rng: f"/v{rng.randint(1, 4)}/{_noun(rng)}/{_noun(rng)}")

    def number(self, role: str, low: int, high: int) -> int:
        """Return a number from low to high, both included."""
        return self.drawing("number", role).randint(low, high)

    def drawing(self, kind: str, role: str) -> random.Random:
        """Return what draws for one role alone."""
        return random.Random(f"{self.seed} {kind} {self.scope} {role}")

    def _once(self, kind: str, role: str, draw: Callable[[random.Random], str]) -> str:
        at = (kind, f"{self.scope} {role}")
        rng = self.drawing(kind, role)
        while at not in self.drawn:
            name = draw(rng)
            if name not in RESERVED and name not in self.drawn.values():
                self.drawn[at] = name
        return self.drawn[at]


def _noun(rng: random.Random) -> str:
    return rng.choice(NOUNS)
