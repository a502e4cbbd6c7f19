"""What the platform calls back behind a call: by the call's model, or since it is handed a listener of its own type."""

from collections.abc import Iterator
from functools import lru_cache

from assay.bytecode.program.access import CONSTRUCTOR, STATIC
from assay.bytecode.program.program import Program
from assay.bytecode.provenance.bodies import Bodies, Body, Call
from assay.bytecode.provenance.heap_body import operand_at, value_at
from assay.bytecode.provenance.links_dispatch import Dispatch
from assay.bytecode.provenance.links_models import CallModels, parameter_types
from assay.bytecode.provenance.links_objects import Made, ObjectSearch
from assay.bytecode.provenance.links_overriding import Overriding
from assay.bytecode.provenance.links_record import Bound, Link
from assay.reference.models_records import Callback, Model, Place

BRIDGE = b"addJavascriptInterface"
_ENDS = (b"remove", b"unregister", b"cancel", b"unset")
"""Beginnings of names of methods that end what another one began."""
_CONTEXTS = (b"Landroid/app/Activity;", b"Landroid/app/Service;", b"Landroid/app/Application;")
"""Classes that are handed to nearly everything; what is above them is no listener."""
_PUBLIC = 0x1


class Callbacks:
    """Links from calls into methods of the objects that they are handed."""

    def __init__(
        self, program: Program, bodies: Bodies, models: CallModels, dispatch: Dispatch, objects: ObjectSearch
    ) -> None:
        """Keep what decides."""
        self._program, self._bodies, self._models = program, bodies, models
        self._dispatch, self._objects = dispatch, objects
        self._overriding = Overriding(program, bodies.boundary, models, dispatch)
        self.may_be_called = self._overriding.may_be_called
        self._parameters = lru_cache(maxsize=8192)(self._parameters_of)
        self._shaped = lru_cache(maxsize=16384)(self._has_shape)
        self._listened: dict[bytes, bool] = {}

    def of(self, body: Body, call: Call) -> list[Link]:
        """Return all links of a call into methods of objects that its arguments are known to be."""
        model = self._models.of(call)
        count = 0 if model is None else len(model.calls)
        found = [link for each in range(count) for link in self.numbered(body, call, each)]
        for at, type_ in enumerate(parameter_types(call)):
            if self._is_shaped(call, at, type_, loose=False):
                for made in self._objects.of(body.definition, call.arguments[at]).made:
                    found += self._listening(body, call, at, made)
        return found

    def around(self, body: Body, call: Call, at: int, class_id: int) -> list[Link]:
        """Return the links of a call into methods that an argument may be handed to, or, of a known class, may have."""
        model, made = self._models.of(call), Made(class_id, -1, -1)
        found = [] if class_id < 0 else self._listening(body, call, at, made)
        if model is None:
            return found
        for each in model.calls:
            own = operand_at(call, each.object) == at and class_id >= 0 and not each.object.selector
            found += self._into(body, call, model, each, made) if own else self._modelled(body, call, model, each)
        return found

    def at(
        self, body: Body, call: Call, at: int, made: Made, depth: int = 0, *, loose: bool = False
    ) -> list[Link]:  # fmt: skip
        """Return the links of a call into methods of an object that is an argument, or that this holds at a depth.

        `loose`: also where a model says that the call only keeps the object.
        """
        model = self._models.of(call)
        found = self._listening(body, call, at, made, loose=loose) if depth == 0 else []
        if model is None:
            return found
        called = [each for each in model.calls if operand_at(call, each.object) == at]
        fitting = [each for each in called if bool(each.object.selector) == (depth > 0)]
        return [*found, *(link for each in fitting for link in self._into(body, call, model, each, made))]

    def numbered(self, body: Body, call: Call, number: int) -> list[Link]:
        """Return the links of a call into what one callback of its model runs."""
        model = self._models.of(call)
        calls = [] if model is None else [(model, each) for each in model.calls[number : number + 1]]
        return [link for told in calls for link in self._modelled(body, call, *told)]

    def _modelled(self, body: Body, call: Call, model: Model, callback: Callback) -> list[Link]:
        value = value_at(body, call, callback.object)
        if value is None or callback.object.selector:
            return []
        made = self._objects.of(body.definition, value).made
        return [link for each in made for link in self._into(body, call, model, callback, each)]

    def _into(self, body: Body, call: Call, model: Model, callback: Callback, made: Made) -> list[Link]:
        """Return the links into the methods of an object that a callback names."""
        if made.class_id < 0:
            return self._into_lambda(body, call, model, callback, made)
        name = callback.method.encode()
        found = self._dispatch.named(made.class_id, name, len(callback.arguments))
        return [self._bind(body, call, model, callback, each, made) for each in self._overriding.entered(found)]

    def _bind(
        self, body: Body, call: Call, model: Model, callback: Callback, callee: int, made: Made
    ) -> Link:  # fmt: skip
        given = [self._given(body, call, model, callback, at, made) for at in range(len(callback.arguments))]
        receiver = value_at(body, call, callback.object)
        deep = bool(callback.object.selector)
        here = made.definition == body.definition and made.row >= 0
        held = body.value_of(made.row) if here else None
        arguments = (held if deep else receiver, *(value for value, _ in given))
        elsewhere = [bound._replace(parameter=at) for at, (_, more) in enumerate(given, 1) for bound in more]
        if deep and made.definition >= 0 and made.row >= 0 and not here:
            elsewhere.insert(0, Bound(0, made.definition, self._value(made)))
        elements = tuple(
            at for at, each in enumerate(callback.arguments, 1) if each.place is not None and each.place.selector
        )
        return Link(body.definition, call.row, callee, arguments, callback.kind, _results(model, callback),
                    tuple(elsewhere), self._elements(callee, elements))  # fmt: skip

    def _given(
        self, body: Body, call: Call, model: Model, callback: Callback, at: int, made: Made
    ) -> tuple[int | None, list[Bound]]:  # fmt: skip
        """Return what an argument of a callback is bound to: a value of the caller, or results of other callbacks."""
        place = callback.arguments[at].place
        if place is None:
            return None, []
        root = str(place.root)
        if not root.startswith("call"):
            return value_at(body, call, place), []
        number = int(root.removeprefix("call")) - 1
        other = model.calls[number] if number < len(model.calls) else None
        same = other is not None and other.object == callback.object and other is not callback
        links = self._into(body, call, model, other, made) if same and other is not None else []
        return None, [Bound(0, link.callee, value) for link in links for value in self._returned(link.callee)]

    def _into_lambda(self, body: Body, call: Call, model: Model, callback: Callback, made: Made) -> list[Link]:
        given = [self._given(body, call, model, callback, at, made)[0] for at in range(len(callback.arguments))]
        places = [each.place for each in callback.arguments]
        inner = [at for at, place in enumerate(places) if place is not None and place.selector]
        found = self.run_lambda(body, call, made, given, callback.kind, result=_results(model, callback))
        deep = [tuple(len(link.arguments) - len(given) + at for at in inner) for link in found]
        return [
            link._replace(elements=self._elements(link.callee, below), method=callback.method)
            for link, below in zip(found, deep, strict=True)
        ]

    def run_lambda(
        self, body: Body, call: Call, made: Made, given: list[int | None], kind: str, *, result: bool
    ) -> list[Link]:
        """Return the links of a call that runs a lambda with these arguments."""
        maker = self._bodies.of(made.definition)
        site = None if maker is None else maker.call(made.row)
        if site is None:
            return []
        return [self._run(body, call, made, site, target, given, kind, result) for target in site.targets]

    def _run(
        self, body: Body, call: Call, made: Made, site: Call, target: int, given: list[int | None], kind: str,
        result: bool,  # noqa: FBT001 - part of the link
    ) -> Link:  # fmt: skip
        access = int(self._program.linked.definition_access[target])
        first: tuple[int | None, ...] = (None,) if access & CONSTRUCTOR else ()
        here = made.definition == body.definition
        captured: tuple[int | None, ...] = site.arguments if here else (None,) * len(site.arguments)
        elsewhere = () if here else tuple(
            Bound(at, made.definition, value) for at, value in enumerate(site.arguments, len(first))
        )  # fmt: skip
        arguments = (*first, *captured, *given)
        return Link(body.definition, call.row, target, arguments, kind, result, elsewhere)

    def _listening(self, body: Body, call: Call, at: int, made: Made, *, loose: bool = False) -> list[Link]:
        """Return the links into an object that is handed to an outside method as one of the types above it."""
        types = parameter_types(call)
        type_ = types[at] if at < len(types) else b""
        if not self._is_shaped(call, at, type_, loose=loose):
            return []
        if made.class_id < 0:
            return self._shaped_lambda(body, call, made)
        callees = self._bridged(made) if call.name == BRIDGE else self._overriding.by(made.class_id, type_)
        width = {each: len(self._parameters(each)) for each in callees}
        value = call.arguments[at]
        return [
            Link(body.definition, call.row, each, (value, *(None,) * (width[each] - 1)), "listener", result=False)
            for each in callees
        ]

    def _is_shaped(self, call: Call, at: int, type_: bytes, *, loose: bool) -> bool:
        """Say whether an argument is handed to an outside method, of which no model says what becomes of it."""
        receiver = at >= len(call.arguments) or (at == 0 and not call.static)
        if receiver or call.name.startswith(_ENDS):
            return False
        plain = call._replace(row=-1, pc=-1, arguments=(-1,) * len(call.arguments), targets=call.targets[:1])
        return self._shaped(plain, at, type_, loose)

    def _has_shape(self, call: Call, at: int, type_: bytes, loose: bool) -> bool:  # noqa: FBT001 - part of a key
        """Say the same for all calls of a method, whatever their places and values."""
        if not self._outside(call):
            return False
        model = self._models.of(call)
        calls, flows = ((), ()) if model is None else (model.calls, model.flows)
        told = [each.object for each in calls] + ([] if loose else [flow.source for flow in flows])
        known = any(operand_at(call, place) == at for place in told)
        return not known and (self._may_listen(type_) or call.name == BRIDGE)

    def _shaped_lambda(self, body: Body, call: Call, made: Made) -> list[Link]:
        maker = self._bodies.of(made.definition)
        site = None if maker is None else maker.call(made.row)
        if site is None or not site.targets:
            return []
        open_ = len(self._parameters(site.targets[0])) - len(site.arguments)
        return self.run_lambda(body, call, made, [None] * max(open_, 0), "listener", result=False)

    def _bridged(self, made: Made) -> list[int]:
        """Return the public methods of an object that scripts of a page are given."""
        found = [
            each for class_id in self._dispatch.line(made.class_id) for each in self._dispatch.definitions(class_id)
        ]
        access = self._program.linked.definition_access
        return [each for each in found if int(access[each]) & (_PUBLIC | STATIC | CONSTRUCTOR) == _PUBLIC]

    def _may_listen(self, type_: bytes) -> bool:
        """Say whether a type is one outside below which the program has classes or lambdas."""
        if type_ not in self._listened:
            self._listened[type_] = self._listens(type_)
        return self._listened[type_]

    def _listens(self, type_: bytes) -> bool:
        contexts = any(self._models.is_below(each, type_) for each in _CONTEXTS)
        if contexts or not type_.startswith(b"L") or self._models.inside(type_):
            return False
        symbol = self._program.linked.names.symbol(type_)
        node = int(self._program.hierarchy.node_of_symbol[symbol]) if symbol >= 0 else -1
        return node < 0 or bool(len(self._program.hierarchy.all_subtypes(node)))

    def _outside(self, call: Call) -> bool:
        """Say whether a call can reach a method that is not in the program."""
        return not call.targets or not self._models.inside(call.owner)

    def _elements(self, callee: int, elements: tuple[int, ...]) -> tuple[int, ...]:
        """Leave out parameters that are arrays: these take the whole."""
        types = self._parameters(callee)
        return tuple(at for at in elements if at < len(types) and not types[at].startswith(b"["))

    def _parameters_of(self, definition: int) -> tuple[bytes, ...]:
        body = self._bodies.of(definition)
        return () if body is None else parameter_types(Call(0, 0, *body.key, body.static, (), ()))

    def _returned(self, definition: int) -> Iterator[int]:
        return iter(()) if (body := self._bodies.of(definition)) is None else (value for _, value in body.returns)

    def _value(self, made: Made) -> int:
        return -1 if (body := self._bodies.of(made.definition)) is None else body.value_of(made.row)


def _results(model: Model, callback: Callback) -> bool:
    """Say whether what a callback returns is the result of the call."""
    root, result = f"call{1 + model.calls.index(callback)}", Place("return")
    return any(flow.source.root == root and flow.target == result for flow in model.flows)
