"""What do an app's shared preferences say?"""

from collections.abc import Iterator

from assay.artefacts.preferences import PreferenceEntry, SharedPreferences
from assay.model import canonical
from assay.model.locator import InnerPlace
from assay.registry import analyser
from assay.vocabulary.handset import Preference


@analyser(
    question="What values do these shared preferences hold?",
    reads=SharedPreferences,
    emits=(Preference,),
    blind_to=("entries whose value is null", "which app the file belongs to, unless its path says so"),
)
def read_preferences(document: SharedPreferences) -> Iterator[Preference]:
    """Yield one row for each entry, in the order of the file."""
    for entry in document.entries:
        place = str(InnerPlace("xpath", entry.path))
        yield Preference(place=place, name=entry.name, type=entry.type, value=_value(entry))


def _value(entry: PreferenceEntry) -> str:
    return canonical.line(sorted(entry.members)).decode("utf-8") if entry.type == "set" else entry.value
