r"""The written form of what a model says.

place     ``this`` ``return`` ``arg1``… ``call1``…, each also with ``[]``, ``[arg2]`` or ``.name``
flows     ``arg1 -> this[]; this -> return view``   (no word behind the target: copy)
test      ``contains(this, arg1)``, ``not is-null(arg1)``
calls     ``arg1.run(); arg2.onResponse(this, ?network.response, ?)``   (``?``: the platform's own)
store     ``preference read name=this key=arg1 default=arg2 value=return``, ``settings read named=secure key=arg2``
when      ``arg1=8 effect.hide; arg1=text effect.show``
given     ``arg1=text.url; arg2=text.page``
"""

import re
from collections.abc import Container, Iterator
from functools import lru_cache

from assay.reference import models_labels as labels
from assay.reference.models_records import Argument, Callback, Flow, Place, Predicate, SinkWhen, Store

MAX_ARGUMENT = 255
"""Highest number of an argument (Dalvik bytecode: an invoke passes at most 255 words)."""

_PLACE = re.compile(
    r"(this|return|arg[1-9]\d{0,2}|call[1-9])(\[\]|\[arg[1-9]\d{0,2}\]|\.[A-Za-z_][\w-]{0,63})?", re.ASCII
)
_FLOW = re.compile(r"(\S+) -> (\S+)(?: (\S+))?", re.ASCII)
_TEST = re.compile(r"(not )?([a-z-]+)\(([^()]*)\)", re.ASCII)
_CALL = re.compile(r"(\S+)\.([\w$<>-]+)\(([^()]*)\)", re.ASCII)
_WHEN = re.compile(r"arg([1-9]\d{0,2})(\.[A-Za-z_][\w-]{0,63})?=(\S+) (\S+)", re.ASCII)
_GIVEN = re.compile(r"arg([1-9]\d{0,2})=(\S+)", re.ASCII)
_PLACES_OF_STORE = ("name", "key", "value", "default")


class Unwritten(ValueError):
    """A text is not in the language; the message says what stands there and what is expected."""


@lru_cache(maxsize=4096)
def place(text: str) -> Place:
    """Read a place. Raises: Unwritten."""
    if not (found := _PLACE.fullmatch(text)):
        raise Unwritten(f"{text!r} is no place: this, return, arg1… or call1…, with [], [arg2] or .name behind it")
    root, selector = found.group(1), found.group(2) or ""
    read = Place(int(root[3:]) if root.startswith("arg") else root, selector)
    if any(isinstance(number, int) and number > MAX_ARGUMENT for number in (read.root, read.key)):
        raise Unwritten(f"{text!r} names an argument beyond {MAX_ARGUMENT}")
    return read


@lru_cache(maxsize=4096)
def flows(text: str) -> tuple[Flow, ...]:
    """Read flows. Raises: Unwritten."""
    return tuple(_flow(part) for part in parts(text))


def _flow(text: str) -> Flow:
    if not (found := _FLOW.fullmatch(text)):
        raise Unwritten(f"{text!r} is no flow: FROM -> TO, or FROM -> TO OPERATION")
    source, target, op = place(found.group(1)), place(found.group(2)), found.group(3) or "copy"
    if str(target.root).startswith("call"):
        raise Unwritten(f"{text!r} goes backwards: nothing flows into what a callback returns")
    return Flow(source, target, known(op, labels.OPERATIONS, "an operation"))


@lru_cache(maxsize=1024)
def test(text: str) -> Predicate:
    """Read a predicate. Raises: Unwritten."""
    if not (found := _TEST.fullmatch(text)):
        raise Unwritten(f"{text!r} is no test: PREDICATE(PLACE, …)")
    operands = tuple(place(part) for part in _listed(found.group(3)))
    return Predicate(known(found.group(2), labels.TESTS, "a predicate"), operands, bool(found.group(1)))


@lru_cache(maxsize=1024)
def calls(text: str, kind: str) -> tuple[Callback, ...]:
    """Read callbacks, all of one kind. Raises: Unwritten."""
    known(kind, labels.KINDS, "a kind of callback")
    return tuple(_call(part, kind) for part in parts(text))


def _call(text: str, kind: str) -> Callback:
    if not (found := _CALL.fullmatch(text)):
        raise Unwritten(f"{text!r} is no callback: PLACE.method(ARGUMENT, …)")
    return Callback(place(found.group(1)), found.group(2), tuple(map(_argument, _listed(found.group(3)))), kind)


def _argument(text: str) -> Argument:
    if not text.startswith("?"):
        return Argument(place(text))
    return Argument(None, known(text[1:], labels.SOURCES, "a source") if text != "?" else "")


@lru_cache(maxsize=1024)
def store(text: str) -> Store:
    """Read what a call does on a named store. Raises: Unwritten."""
    kind, access, *rest = [*text.split(), "", ""][: max(2, len(text.split()))]
    known(kind, labels.STORES, "a kind of store")
    known(access, labels.ACCESSES, "an access to a store")
    pairs = {part.partition("=")[0]: part.partition("=")[2] for part in rest}
    if wrong := [name for name in pairs if name not in {*_PLACES_OF_STORE, "named"}]:
        raise Unwritten(f"{wrong[0]!r} is not known of a store: named, name, key, value and default are")
    named = pairs.pop("named", "")
    return Store(kind=kind, access=access, named=named, **{name: place(at) for name, at in pairs.items()})


@lru_cache(maxsize=1024)
def sink_when(text: str) -> tuple[SinkWhen, ...]:
    """Read the sinks that hang on a constant. Raises: Unwritten."""
    return tuple(_when(part) for part in parts(text))


def _when(text: str) -> SinkWhen:
    if not (found := _WHEN.fullmatch(text)):
        raise Unwritten(f"{text!r} does not say when: arg1=CONSTANT SINK, or arg1.name=CONSTANT SINK")
    constant = found.group(3)
    number = int(constant) if re.fullmatch(r"-?[0-9]{1,10}", constant) else constant
    sink = known(found.group(4), labels.SINKS, "a sink")
    return SinkWhen(int(found.group(1)), number, sink, found.group(2) or "")


@lru_cache(maxsize=1024)
def given(text: str) -> tuple[tuple[int, str], ...]:
    """Read what the platform hands over. Raises: Unwritten."""
    return tuple(_given(part) for part in parts(text))


def _given(text: str) -> tuple[int, str]:
    if not (found := _GIVEN.fullmatch(text)):
        raise Unwritten(f"{text!r} does not say what an argument is: arg1=SOURCE")
    return int(found.group(1)), known(found.group(2), labels.SOURCES, "a source")


def known(word: str, words: Container[str], what: str) -> str:
    """Return a word of a closed list. Raises: Unwritten for another."""
    if word not in words:
        raise Unwritten(f"{word!r} is not {what} that is known")
    return word


def parts(text: str) -> Iterator[str]:
    """Yield what stands between semicolons. Raises: Unwritten where nothing stands there."""
    for part in text.split(";"):
        if not part.strip():
            raise Unwritten(f"nothing stands between two semicolons of {text!r}")
        yield part.strip()


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")] if text.strip() else []
