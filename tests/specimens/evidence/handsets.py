"""The handsets themselves: what they say they are, their apps and their apps' data."""

from dataclasses import dataclass
from pathlib import Path

from tests.specimens.evidence import bodies
from tests.specimens.evidence.exchange import compact
from tests.specimens.evidence.trial import CONTROL_TEXT
from tests.specimens.evidence.words import EXTRA_PHRASES

BUILT = Path(__file__).resolve().parent.parent / "built"


@dataclass(frozen=True, kw_only=True)
class Handset:
    folder: str
    name: str
    model: str
    market: str
    build: str
    patch_level: str
    profile: str
    acquired: str
    offset: int
    pulled_at: int
    notes: str


HANDSETS = (
    Handset(
        folder="north",
        name="Specimen North",
        model="Specimen N1",
        market="LT",
        build="Specimen/north_eea/north:10/QKQ1.210801.001/V12.0.10.EEA:user/release-keys",
        patch_level="2021-08-01",
        profile="eu-lt",
        acquired="2021-09-22T09:12:00Z",
        offset=2,
        pulled_at=1632222002250,
        notes="notes-g1",
    ),
    Handset(
        folder="west",
        name="Specimen West",
        model="Specimen W1",
        market="DE",
        build="Specimen/west_eea/west:10/QKQ1.210601.004/V12.1.2.EEA:user/release-keys",
        patch_level="2021-06-01",
        profile="eu-de",
        acquired="2021-09-22T13:40:00Z",
        offset=-1,
        pulled_at=1632213004111,
        notes="notes-g2",
    ),
    Handset(
        folder="east",
        name="Specimen East",
        model="Specimen E1",
        market="CN",
        build="Specimen/east/east:10/QKQ1.210801.001/V12.0.10.CN:user/release-keys",
        patch_level="2021-08-01",
        profile="cn",
        acquired="2021-09-23T03:05:00Z",
        offset=0,
        pulled_at=1632189603000,
        notes="notes-g1",
    ),
)
SIDECAR = """schema = "assay-handset/1"
name = "{name}"
make = "Specimen"
model = "{model}"
market = "{market}"
build = "{build}"
android = "10"
patch_level = "{patch_level}"
profile = "{profile}"

[acquisition]
who = "Example Laboratory, operator 1"
when = "{acquired}"
how = "invented for the demo: files written by the specimen maker, apps built from source"
tool = "specimen maker"
clock_offset_seconds = {offset}
"""
PROPERTIES = """# begin build properties of a specimen: an invented handset
ro.build.version.release=10
ro.build.version.sdk=29
ro.build.version.security_patch={patch_level}
ro.build.fingerprint={build}
ro.build.type=user
ro.build.tags=release-keys
ro.product.brand=Specimen
ro.product.manufacturer=Specimen
ro.product.model={model}
ro.product.market={market}
ro.product.locale={locale}
ro.debuggable=0
ro.secure=1
# end build properties
"""
LOCALES = {"LT": "lt-LT", "DE": "de-DE", "CN": "zh-CN"}
APPS = {
    "Offers.apk": "ads",
    "Notes.apk": "",
    "Music.apk": "carrier",
    "Phone.apk": "dialer",
    "Improve.apk": "telemetry",
    "Clock.apk": "clock",
}


def preferences(**values: bool | int | str) -> str:
    rows = "".join(f"    {preference(name, value)}\n" for name, value in sorted(values.items()))
    return f"<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n<map>\n{rows}</map>\n"


def preference(name: str, value: bool | int | str) -> str:  # noqa: FBT001 - the three types of a preferences file
    if isinstance(value, str):
        return f'<string name="{name}">{value}</string>'
    kind = "boolean" if isinstance(value, bool) else "int" if abs(value) < 2**31 else "long"
    return f'<{kind} name="{name}" value="{str(value).lower()}" />'


def app_data(handset: Handset) -> dict[str, str]:
    return {
        "org.example.ads/files/brands.json": bodies.brands(),
        "org.example.notes/files/guard.json": bodies.guard_full(),
        "org.example.notes/shared_prefs/guard.xml": preferences(
            filter_on=True, force_on=False, version=bodies.FULL, pulled_at=handset.pulled_at
        ),
        "org.example.telemetry/shared_prefs/telemetry.xml": preferences(
            consent=False, batch=20, last_upload=1632222009800, session="s-0001"
        ),
    }


QUEUE = compact([{"event": "screen_on", "screen": "org.example.clock.ClockActivity"}, {"event": "screen_off"}])
OWN_DATA = {
    "north": {"org.example.ads/shared_prefs/ads.xml": preferences(brands_version=31, brands_at=1632218405300)},
    "west": {"org.example.telemetry/files/queue.json": QUEUE[:70]},
    "east": {
        "org.example.notes/files/notes.json": compact([{"title": "", "body": CONTROL_TEXT, "at": 1632363124870}]),
        "org.example.dialer/files/phrases_extra.txt": "".join(f"{phrase}\n" for phrase in EXTRA_PHRASES),
    },
}
"""Differs by handset. The queue of West breaks off in the middle, as a file does that was being written."""


def handset_files(handset: Handset) -> dict[str, bytes]:
    said = vars(handset) | {"locale": LOCALES[handset.market]}
    found = {"handset.toml": SIDECAR.format(**said).encode(), "build.prop": PROPERTIES.format(**said).encode()}
    found |= {f"apps/{file}": (BUILT / f"{app or handset.notes}.apk").read_bytes() for file, app in APPS.items()}
    data = app_data(handset) | OWN_DATA[handset.folder]
    return found | {f"app-data/{name}": text.encode() for name, text in data.items()}


def files() -> dict[str, bytes]:
    return {
        f"{handset.folder}/{name}": content for handset in HANDSETS for name, content in handset_files(handset).items()
    }
