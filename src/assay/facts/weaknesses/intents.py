"""What other apps can hand in or take out: pending intents, statements, broadcasts.

Source: Android, android.app.PendingIntent (FLAG_IMMUTABLE), android.database.sqlite.SQLiteDatabase.
"""

from collections.abc import Iterator

from assay.bytecode.sinks.calls import PlacedCall
from assay.facts.weaknesses.scene import Scene, Seen, name_of

_PENDING = (b"Landroid/app/PendingIntent;",)
_GETTING = (b"getActivity", b"getBroadcast", b"getService", b"getForegroundService")
_IMMUTABLE = 0x04000000
_DATABASE = (b"Landroid/database/sqlite/SQLiteDatabase;",)
_STATEMENTS = {b"rawQuery": (1,), b"execSQL": (1,), b"compileStatement": (1,), b"delete": (2,), b"update": (3,)}
_CONTEXT = (b"Landroid/content/Context;", b"Landroid/content/ContextWrapper;", b"Landroid/app/Activity;",
            b"Landroid/app/Service;", b"Landroid/app/Application;")  # fmt: skip
_BROADCASTS = (b"sendBroadcast", b"sendStickyBroadcast", b"sendOrderedBroadcast")
_NAMED = (".component", ".package")


def intents(scene: Scene) -> Iterator[Seen]:
    """Yield what is open to other apps."""
    for at in scene.called(_PENDING, _GETTING):
        yield from _pending(scene, at)
    for at in scene.called(_DATABASE, _STATEMENTS):
        yield from _statement(scene, at)
    for at in scene.called(_CONTEXT, _BROADCASTS):
        yield from _broadcast(scene, at)


def _pending(scene: Scene, at: PlacedCall) -> Iterator[Seen]:
    flags = scene.constants(at, 4)
    numbers = [each for each in flags if isinstance(each, int)]
    intent = scene.argument(at, 3)
    if intent is None or not numbers or any(each & _IMMUTABLE for each in numbers) or _addressed(scene, intent):
        return
    actions = _texts(scene, intent, ".action")
    yield scene.at("open-pending-intent", at, ", ".join(actions) or "no action", f"flags 0x{numbers[0] & 0xFFFFFFFF:x}")


def _statement(scene: Scene, at: PlacedCall) -> Iterator[Seen]:
    for number in _STATEMENTS[at.call.name]:
        begins = scene.begins(scene.argument(at, number))
        if any(each.label == "text.intent" for each in begins):
            names = sorted({scene.terms[each.term].name for each in begins if each.label == "text.intent"})
            yield scene.at("sql-from-outside", at, name_of(at.call), f"from {', '.join(names[:4])}")


def _broadcast(scene: Scene, at: PlacedCall) -> Iterator[Seen]:
    intent = scene.argument(at, 1)
    if intent is None or _addressed(scene, intent) or scene.constants(at, 2) not in {(), (None,), (0,)}:
        return
    labels = sorted({each.label for each in scene.begins(intent, "effect.broadcast") if _identifies(each.label)})
    if labels:
        actions = _texts(scene, intent, ".action")
        yield scene.at("identifier-in-broadcast", at, ", ".join(actions) or "no action", ", ".join(labels))


def _identifies(label: str) -> bool:
    return label.startswith("identifier.") or label == "variable.device-id"


def _addressed(scene: Scene, intent: int) -> bool:
    """Return whether an intent names who is to get it, or may do so."""
    return any(piece.part in _NAMED for piece in scene.pieces.of(intent, "effect.broadcast"))


def _texts(scene: Scene, intent: int, part: str) -> tuple[str, ...]:
    found = [piece.term for piece in scene.pieces.of(intent, "effect.broadcast") if piece.part == part]
    return tuple(dict.fromkeys(text for term in found for text in scene.recipients.texts(term)))[:4]
