"""What the specimens are made to do: comparisons, gates, places of lists, variants. The part that nothing computes."""

from tests.specimens.evidence.toml import Row

NOTES_G1 = "market not in EU and filter_on"
NOTES_G2 = "(market not in EU or force_on) and filter_on"

ALL = ("north", "west", "east")
GUARD_FILE = "app-data/org.example.notes/files/guard.json"

LISTS: dict[str, Row] = {
    "guard": {
        "carrier": "json-array",
        "key": "words",
        "handsets": ALL,
        "places": (GUARD_FILE, "snapshots/guard/2021-09-20-full.json"),
        "answers": ("north/captures/idle.har", "east/captures/first-hour.har"),
    },
    "guard-newer": {
        "carrier": "json-array",
        "key": "words",
        "handsets": ALL,
        "places": ("snapshots/guard/2021-11-15-newer.json",),
        "answers": (),
    },
    "guard-empty": {
        "carrier": "json-array",
        "key": "words",
        "handsets": ALL,
        "places": ("snapshots/guard/2022-01-05-empty.json",),
        "answers": (),
    },
    "brands": {
        "carrier": "json-array",
        "key": "brands",
        "handsets": ALL,
        "places": ("app-data/org.example.ads/files/brands.json",),
        "answers": ("north/captures/browser.har", "west/captures/browser.har", "east/captures/offers.har"),
    },
    "mood": {
        "carrier": "csv-column",
        "key": "word",
        "handsets": ALL,
        "places": ("apps/Music.apk!assets/words.csv",),
        "answers": (),
    },
    "spam": {
        "carrier": "string-array",
        "key": "spam_phrases",
        "handsets": ALL,
        "places": ("apps/Phone.apk!resources.arsc",),
        "answers": (),
    },
    "spam-extra": {
        "carrier": "text-lines",
        "key": "",
        "handsets": ("east",),
        "places": ("app-data/org.example.dialer/files/phrases_extra.txt",),
        "answers": (),
    },
}

COMPARISONS: tuple[Row, ...] = (
    {
        "app": "ads",
        "list": "brands",
        "text": "title and body of an advertisement",
        "class": "org.example.ads.AdvertisementFilter",
        "method": "drops",
        "api": "java.lang.String.contains",
        "calls": 2,
        "consequence": "advertisement dropped",
        "gate": "none",
        "north": "reachable",
        "west": "reachable",
        "east": "reachable",
    },
    {
        "app": "notes",
        "list": "guard",
        "text": "text the user types",
        "class": "org.example.notes.WordGuard",
        "method": "firstHit",
        "api": "java.lang.String.contains",
        "calls": 1,
        "consequence": "note not saved, the word is shown",
        "gate": f"g1: {NOTES_G1}; g2: {NOTES_G2}",
        "north": "dormant",
        "west": "dormant",
        "east": "observed",
    },
    {
        "app": "notes",
        "list": "",
        "text": "text the user types, compared with the user's own query",
        "class": "org.example.notes.NoteEditor$Finder",
        "method": "onClick",
        "api": "java.lang.String.contains",
        "calls": 1,
        "consequence": "a message says found or not found",
        "gate": "none",
        "north": "not a list",
        "west": "not a list",
        "east": "not a list",
    },
    {
        "app": "dialer",
        "list": "spam",
        "text": "incoming SMS",
        "class": "org.example.dialer.SpamPhrases",
        "method": "matches",
        "api": "java.lang.String.indexOf",
        "calls": 1,
        "consequence": "message moved to the spam folder",
        "gate": "none",
        "north": "reachable",
        "west": "reachable",
        "east": "reachable",
    },
    {
        "app": "carrier",
        "list": "mood",
        "text": "",
        "class": "",
        "method": "",
        "api": "",
        "calls": 0,
        "consequence": "shown on the screen in turn, never compared",
        "gate": "none",
        "north": "carried",
        "west": "carried",
        "east": "carried",
    },
)

CELLS: tuple[Row, ...] = (
    {"row": "carries word lists", "north": "4", "west": "4", "east": "5"},
    {"row": "compares it with text the user types", "north": "dormant", "west": "dormant", "east": "observed"},
    {"row": "gate", "north": "g1", "west": "g2", "east": "g1"},
    {"row": "a server can change the words", "north": "yes", "west": "yes", "east": "yes"},
    {"row": "a server can switch it on", "north": "no", "west": "yes", "east": "on"},
    {"row": "recipients of personal data outside the EEA", "north": "2", "west": "3", "east": "3"},
    {"row": "can be activated remotely", "north": "contradicted", "west": "supported", "east": "other scope"},
)
"""As they stand once the code engine answers; before that, rows on comparison and gates read "not examined"."""

TRIAL: dict[str, str] = {
    "id": "t1",
    "handset": "east",
    "package": "org.example.notes",
    "profile": "cn",
    "consequence": "refused",
    "list": "guard",
}

VARIANTS: tuple[Row, ...] = (
    {"file": "notes-renamed.apk", "base": "notes-g1", "change": "classes and methods renamed; behaviour the same"},
    {"file": "notes-invoke-custom.apk", "base": "notes-g1", "change": "not desugared: a lambda is an invoke-custom"},
    {"file": "notes-market.apk", "base": "notes-g1", "change": "LT is missing from the set of EU markets"},
    {"file": "notes-host.apk", "base": "notes-g1", "change": "cfg.example.test is cfg2.example.test"},
    {"file": "ads-host.apk", "base": "ads", "change": "ads-cfg.example.test is ads-cfg2.example.test"},
    {"file": "dialer-one-less.apk", "base": "dialer", "change": "the string-array has 23 entries in place of 24"},
    {"file": "carrier-no-list.apk", "base": "carrier", "change": "assets/words.csv is missing"},
    {"file": "clock-debug-signed.apk", "base": "clock", "change": "signed by CN=Android Debug, O=Android, C=US"},
    {"file": "clock-permission.apk", "base": "clock", "change": "asks for android.permission.READ_CONTACTS as well"},
    {"file": "telemetry-cleartext.apk", "base": "telemetry", "change": "http://collect.example.test in place of https"},
)
