"""Exported components that any app can start, and what they then do that needs a right.

Source: Android, app manifest: android:exported and android:permission of components.
"""

from collections.abc import Iterator

from assay.bytecode.sinks.calls import ModelledCall, PlacedCall, modelled_calls, operand, placed
from assay.bytecode.sinks.carried import given
from assay.facts.weaknesses.scene import Scene, Seen, name_of
from assay.reference.models_records import Model

_ACTING = frozenset({"effect.sms", "effect.call", "effect.install"})
"""Effects that count whatever is handed to the call."""
_CARRYING = frozenset({"effect.network", "effect.insert", "effect.store", "effect.execute", "effect.load"})
"""Effects that count where what the caller hands over goes into them."""
_SCRIPTS = (b"evaluateJavascript", b"postWebMessage", b"loadLibrary", b"performAction", b"dispatchGesture")
MOST_CALLS = 3_000
"""Most calls with such effects that are looked at in an app."""


def exported(scene: Scene) -> Iterator[Seen]:
    """Yield what exported components without a permission do, each component, method and effect once."""
    if not scene.open_components:
        return
    told: set[tuple[str, int, str]] = set()
    calls = modelled_calls(scene.ground, lambda model: model.sink in _ACTING | _CARRYING)
    scene.left_out += max(0, len(calls) - MOST_CALLS)
    for call in calls[:MOST_CALLS]:
        at = placed(scene.ground, call.definition, call.pc)
        if at is None or at.call.name in _SCRIPTS:
            continue
        for name, entry in _entries(scene, call.definition).items():
            carried = _carried(scene, at, call)
            if (carried or call.model.sink in _ACTING) and (name, call.definition, call.model.sink) not in told:
                told.add((name, call.definition, call.model.sink))
                detail = f"{entry} leads to {name_of(at.call)} ({call.model.sink}){carried}"
                yield scene.at("exported-component-acts", at, name, detail)


def _entries(scene: Scene, definition: int) -> dict[str, str]:
    """Return the open components whose methods lead to a method, each with the first of these."""
    found: dict[str, str] = {}
    for root in scene.tracing.gates.execution.roots(definition):
        owner = scene.ground.dispatch.owner(root)
        if scene.links.root_kind(root) == "component" and owner in scene.open_components:
            found.setdefault(scene.open_components[owner], scene.tracing.name(root))
    return found


def _carried(scene: Scene, at: PlacedCall, call: ModelledCall) -> str:
    """Return in words whether what the caller hands over goes into a call."""
    if scene.spent:
        scene.left_out += 1
        return ""
    values = _all(at, call.model) if call.model.sink in _ACTING else given(at.body, at.call, call.model)
    begins = scene.pieces.carried(call.definition, values, (), call.model.sink)
    handed = any(each.origin.label == "text.intent" for each in begins)
    return ", with what the caller hands over" if handed else ""


def _all(at: PlacedCall, model: Model) -> tuple[int, ...]:
    return tuple(value for number in model.sink_args if (value := operand(at.call, number)) is not None)
