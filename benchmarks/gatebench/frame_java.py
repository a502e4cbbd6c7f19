"""The Java that the frame itself writes between the pieces: checks, decisions, starts, twins and the driver."""

import re
from dataclasses import dataclass

from benchmarks.gatebench.fragments import Idiom, Naming, Piece, Profile, State, Wires, fill

DRIVER = "Drive"
PLAYED = "Played"
"""What stands before the name of a class that only a run has, in the place of one with native methods."""
TWINS = ("never-compared", "result-ignored")
IMPORTS = "".join(
    f"import {package}.*;\n"
    for package in (
        "java.util",
        "java.io",
        "android.app",
        "android.content",
        "android.os",
        "android.view",
        "android.widget",
    )
)

BODIES = {
    "never-compared": "        @kept@ = @words@;\n        return text.length() > 4096;\n",
    "result-ignored": "        @kept@ = Boolean.valueOf(@hit@);\n        return text.length() > 4096;\n",
}


def source(package: str, text: str) -> str:
    """Return a whole source file."""
    return f"package {package};\n\n{IMPORTS}{text}"


def played(name: str, text: str) -> tuple[str, str]:
    """Return name and text of a class that a run takes in the place of the one so named."""
    return PLAYED + name, re.sub(rf"\b{name}\b", PLAYED + name, text)


def twin(kind: str, owner: str, method: str, hit: str, words: str, kept: str) -> str:
    """Return a class that looks at list or comparison, and lets something else decide."""
    head = (
        "final class @owner@ {\n    private static Object @kept@;\n\n"
        "    static boolean @method@(Context context, String text) {\n"
    )
    return fill(
        head + fill(BODIES[kind], words=words, hit=hit, kept=kept) + "    }\n}\n", owner=owner, method=method, kept=kept
    )


@dataclass(frozen=True)
class Check:
    """How gate and comparison are joined: in one expression, one after the other, inline or in a method."""

    owner: str
    method: str
    style: int

    def sources(self, before: list[str], match: str, after: list[str]) -> dict[str, str]:
        """Return the class, where there is one."""
        if self.style % 4 == 3:
            return {}
        text = (
            f"final class {self.owner} {{\n    static boolean {self.method}(Context context, String text) {{\n"
            f"{self._body(before, match, after)}    }}\n}}\n"
        )
        return {self.owner: text.replace("{context}", "context").replace("{text}", "text")}

    def _body(self, before: list[str], match: str, after: list[str]) -> str:
        if self.style % 4 == 0:
            return f"        return {_all(before, match, after)};\n"
        if self.style % 4 == 1:
            early = "".join(f"        if (!({gate})) {{\n            return false;\n        }}\n" for gate in before)
            return f"{early}        return {_all([], match, after)};\n"
        return f"        boolean found = {match};\n        return {_all([], 'found', [*after, *before])};\n"

    def use(self, before: list[str], match: str, after: list[str]) -> str:
        """Return the expression that asks."""
        if self.style % 4 == 3:
            return f"({_all(before, match, after)})"
        return f"{self.owner}.{self.method}({{context}}, {{text}})"


def _all(before: list[str], match: str, after: list[str]) -> str:
    return " && ".join(f"({part})" for part in (*before, match, *after))


def start(owner: str, method: str, load: str, starts: list[str], gates: list[str]) -> str:
    """Return a class that loads configurations and then, where its gates are open, the list."""
    lines = "".join(f"        {line}\n" for line in starts if line)
    if load and gates:
        condition = " && ".join(f"({gate})" for gate in gates)
        load = f"if ({condition}) {{\n            {load}\n        }}"
    text = f"final class {owner} {{\n    static void {method}(Context context) {{\n{lines}        {load}\n    }}\n}}\n"
    return text.replace("{context}", "context")


def decide(owner: str, method: str, body: str) -> str:
    """Return a class whose one method does what is to be done about a text."""
    indented = "".join(f"        {line}\n" for line in body.splitlines())
    return f"final class {owner} {{\n    static void {method}(Context context, String text) {{\n{indented}    }}\n}}\n"


def application(owner: str, started: str) -> str:
    """Return the application class, which starts what is to be loaded."""
    return (
        f"public class {owner} extends Application {{\n    @Override\n    public void onCreate() {{\n"
        f"        super.onCreate();\n        {started}\n    }}\n}}\n"
    )


def driver(before: list[str], text: str) -> str:
    """Return the class that plays system and user; it is no part of the package."""
    first = "".join(f"        {{\n{part}\n        }}\n" for part in before if part)
    return (
        "import org.example.bench.Bench;\n\npublic final class Drive {\n"
        "    public static void start() throws Exception {\n        Context context = Bench.application;\n"
        f"{first}    }}\n\n"
        f"    public static void run(Context context, String text) throws Exception {{\n{text}\n    }}\n}}\n"
    )


def _shut(_profile: Profile, _state: State) -> bool:
    return False


def _closed(names: Naming, _wiring: Wires) -> Piece:
    owner, field, method = names.type("frame closed"), names.field("frame closed"), names.method("frame closed")
    text = (
        'final class @owner@ {\n    private static final boolean @field@ = Boolean.parseBoolean("false");\n\n'
        "    static boolean @method@() {\n        return @field@;\n    }\n}\n"
    )
    return Piece(sources={owner: fill(text, owner=owner, field=field, method=method)}, use=f"{owner}.{method}()")


CLOSED = Idiom("gate", "frame-constant-false", _closed, opens=_shut)
"""The gate of a twin that is built in and closed."""
