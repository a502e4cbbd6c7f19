"""Files, preferences and databases that every app may read or write.

Source: Android, android.content.Context (MODE_WORLD_READABLE, MODE_WORLD_WRITEABLE), java.io.File.
"""

from collections.abc import Iterator

from assay.bytecode.sinks.calls import PlacedCall
from assay.facts.weaknesses.scene import Scene, Seen, name_of

_CONTEXT = (b"Landroid/content/Context;", b"Landroid/content/ContextWrapper;", b"Landroid/app/Activity;",
            b"Landroid/app/Service;", b"Landroid/app/Application;")  # fmt: skip
_OPENING = (b"openFileOutput", b"getSharedPreferences", b"openOrCreateDatabase", b"getDir")
_READABLE, _WRITEABLE = 1, 2
_FILE = (b"Ljava/io/File;",)
_SETTERS = {b"setReadable": "readable", b"setWritable": "writeable"}


def files(scene: Scene) -> Iterator[Seen]:
    """Yield what is opened to all."""
    for at in scene.called(_CONTEXT, _OPENING):
        for mode in scene.constants(at, 2):
            if isinstance(mode, int) and mode & (_READABLE | _WRITEABLE):
                yield scene.at("world-accessible-file", at, _name(scene, at, 1), _words(mode))
    for at in scene.called(_FILE, _SETTERS):
        if scene.constants(at, 1) == (1,) and scene.constants(at, 2) == (0,):
            detail = f"{_SETTERS[at.call.name]} for all"
            yield scene.at("world-accessible-file", at, _name(scene, at, 0), detail)


def _words(mode: int) -> str:
    words = [word for bit, word in ((_READABLE, "readable"), (_WRITEABLE, "writeable")) if mode & bit]
    return f"{' and '.join(words)} for all"


def _name(scene: Scene, at: PlacedCall, number: int) -> str:
    term = scene.argument(at, number)
    known = () if term is None else tuple(scene.recipients.texts(term))
    return known[-1] if known else name_of(at.call)
