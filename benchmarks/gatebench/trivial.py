"""Two trivial answers to measure against: one thing said of every package, and guesses from names of classes alone."""

from collections import Counter
from collections.abc import Mapping, Sequence

from benchmarks.gatebench.examination import Claim
from benchmarks.gatebench.fragments import PROFILES
from benchmarks.gatebench.specimens import Specimen
from benchmarks.gatebench.truth import Truth

LISTS = (
    ("RemoteMessage;", "pushed"),
    ("HttpURLConnection;", "downloaded"),
    ("Lokhttp3/", "downloaded"),
    ("Lretrofit2/", "downloaded"),
    ("Lcom/android/volley/", "downloaded"),
    ("SQLiteDatabase;", "database"),
    ("AssetManager;", "asset"),
    ("Resources;", "resource"),
    ("FileInputStream;", "file"),
    ("SharedPreferences;", "preference"),
    ("ContentResolver;", "provider"),
)
TEXTS = (
    ("WebView;", "url"),
    ("SmsMessage;", "sms"),
    ("StatusBarNotification;", "notification"),
    ("SearchView;", "search"),
    ("EditText;", "typed"),
    ("ClipboardManager;", "clipboard"),
    ("AccessibilityEvent;", "screen"),
    ("Location;", "location"),
    ("PackageManager;", "packages"),
    ("ContactsContract", "contact"),
    ("CallLog", "call"),
    ("MediaStore", "media"),
    ("Intent;", "intent"),
)
CONSEQUENCES = (
    ("Toast;", "message"),
    ("AlertDialog;", "message"),
    ("Landroid/util/Log;", "logged"),
    ("SmsManager;", "reported"),
    ("OutputStream;", "refused"),
    ("ArrayAdapter;", "dropped"),
    ("WebView;", "navigation"),
)
COMPARISONS = ("contains", "indexOf", "equals", "startsWith", "matches", "find")


def everywhere(specimens: Sequence[Specimen], truths: Sequence[Truth]) -> list[Claim]:
    """Return one claim on every package: the most frequent tuple of all cases."""
    counted = Counter(_key(truth) for truth in truths)
    if not counted:
        return []
    most = max(counted.values())
    common = next(truth for truth in truths if counted[_key(truth)] == most)
    return [claimed(each.package, common) for each in specimens]


def _key(truth: Truth) -> str:
    return repr(sorted(truth.members().items()))


def claimed(package: str, truth: Truth) -> Claim:
    """Return the claim that a truth would be."""
    members = truth.members()
    gates, switch = members["gate"], members["remote_switch"]
    assert isinstance(gates, dict)
    assert isinstance(switch, dict)
    consequences = members["consequences"]
    assert isinstance(consequences, tuple)
    return Claim(
        package=package,
        place="everywhere",
        list_origin=str(members["list_origin"]),
        text_origin=str(members["text_origin"]),
        consequences=consequences,
        gates=gates,
        remote_content=str(members["remote_content"]),
        remote_switch=str(switch["any"]),
        path_shown=True,
    )


def by_names(specimens: Sequence[Specimen], code: Mapping[str, bytes]) -> list[Claim]:
    """Return a claim on every package that names a comparison: what the names of its classes suggest."""
    found = [_guess(each.package, code[each.name]) for each in specimens if _compares(code[each.name])]
    return [claim for claim in found if claim.consequences]


def _compares(code: bytes) -> bool:
    return any(name.encode() in code for name in COMPARISONS)


def _guess(package: str, code: bytes) -> Claim:
    origin = _first(LISTS, code, "constants")
    remote = "yes" if origin in {"downloaded", "pushed"} else "no"
    return Claim(
        package=package,
        place="names",
        list_origin=origin,
        text_origin=_first(TEXTS, code, "unknown"),
        consequences=tuple(sorted({word for marker, word in CONSEQUENCES if marker.encode() in code})),
        gates={profile.id: ("open", "yes", "no", "yes") for profile in PROFILES},
        remote_content=remote,
        remote_switch="no",
        path_shown=True,
    )


def _first(table: tuple[tuple[str, str], ...], code: bytes, otherwise: str) -> str:
    return next((word for marker, word in table if marker.encode() in code), otherwise)
