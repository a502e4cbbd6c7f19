"""A way in which control comes from an instruction into a definition, and what its parameters are bound to."""

from typing import NamedTuple

MOST_CONTEXT = 10
"""Most links of a context; beyond them the oldest falls off."""

KINDS = (
    "call", "lambda", "thread", "post", "message", "task", "listener", "future", "component", "broadcast", "service",
    "job", "intent", "coroutine", "reflective", "initialiser",
)  # fmt: skip
"""What links can be, in the `kind` of a `Link`."""


class Bound(NamedTuple):
    """A parameter that is bound to a value of another definition than the one that the link comes from."""

    parameter: int
    definition: int
    value: int


class Link(NamedTuple):
    """Control comes from the instruction at `row` of `caller` into `callee`.

    `arguments`: one a parameter, `this` first: the value of the caller that it is bound to, None where it comes from
    the platform or from `elsewhere`: what captured values, a receiver made in another method, or the result of another
    callback are bound to; several for one parameter are alternatives. `elements`: parameters that are bound to the
    elements of their value. `result`: whether what the callee returns is the result of the instruction. `method`: the
    name under which the platform calls what is a lambda here.
    """

    caller: int
    row: int
    callee: int
    arguments: tuple[int | None, ...]
    kind: str
    result: bool
    elsewhere: tuple[Bound, ...] = ()
    elements: tuple[int, ...] = ()
    method: str = ""


Context = tuple[Link, ...]
"""How a method was come into: links, outermost first."""


def entered(context: Context, link: Link) -> Context:
    """Return the context behind a link."""
    return (*context, link)[-MOST_CONTEXT:]


class Component(NamedTuple):
    """What a manifest says of a component: activity, service, receiver, provider, application …; what reaches it."""

    role: str
    actions: tuple[str, ...] = ()
    exported: bool = False
