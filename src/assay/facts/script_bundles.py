"""Scripts that software carries: language, form, and how much they say."""

from collections.abc import Iterator

from assay.artefacts.script import Script
from assay.registry import analyser
from assay.vocabulary.scripts import ScriptBundle


@analyser(
    question="Is this a program in a scripting language, in which form, and how many strings does it hold?",
    reads=Script,
    emits=ScriptBundle,
    blind_to=("what the script does", "strings that it puts together or decodes when it runs"),
)
def script_bundles(script: Script) -> Iterator[ScriptBundle]:
    """Yield one row."""
    count = size = 0
    for string in script.strings():
        count += 1
        size += string.length
    yield ScriptBundle(
        language=script.language,
        version=script.version,
        strings=count,
        string_bytes=size,
        functions=script.functions,
    )
