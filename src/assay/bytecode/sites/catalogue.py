"""Methods of the platform and of Kotlin that compare text, and which argument is the text and which the list.

Arguments are counted from the receiver (0); a static method's first is 0. All overloads of a name count, a Kotlin
function's ``$default`` form counts as the function. Source: reference of the Android platform (java.lang, java.util,
java.security, android.text, android.util, org.json) and of the Kotlin standard library, by name and position.
"""

from typing import NamedTuple

STRING = ("java/lang/String",)
BUFFERS = ("java/lang/StringBuilder", "java/lang/StringBuffer", "java/lang/AbstractStringBuilder")
SEQUENCES = (
    "java/lang/CharSequence", "android/text/Editable", "android/text/Spannable", "android/text/Spanned",
    "android/text/SpannableString", "android/text/SpannableStringBuilder", "java/nio/CharBuffer",
)  # fmt: skip
KOTLIN_TEXT = ("kotlin/text/StringsKt", "kotlin/text/StringsKt__StringsKt", "kotlin/text/StringsKt__StringsJVMKt",
               "kotlin/text/StringsKt___StringsKt")  # fmt: skip


def _util(names: str) -> tuple[str, ...]:
    return tuple(f"java/util/{name}" for name in names.split())


COLLECTIONS = (
    *_util(
        "Collection Set SortedSet NavigableSet List Queue Deque AbstractCollection AbstractSet AbstractList ArrayList "
        "LinkedList Vector Stack ArrayDeque HashSet LinkedHashSet TreeSet concurrent/CopyOnWriteArrayList "
        "concurrent/CopyOnWriteArraySet concurrent/ConcurrentSkipListSet concurrent/ConcurrentLinkedQueue"
    ),
    "android/util/ArraySet", "androidx/collection/ArraySet",
)  # fmt: skip
MAPS = (
    *_util(
        "Map SortedMap NavigableMap AbstractMap HashMap LinkedHashMap TreeMap Hashtable WeakHashMap Properties "
        "concurrent/ConcurrentMap concurrent/ConcurrentHashMap concurrent/ConcurrentSkipListMap"
    ),
    "android/util/ArrayMap", "androidx/collection/ArrayMap", "androidx/collection/SimpleArrayMap",
)  # fmt: skip
SPARSE = (
    "android/util/SparseArray", "android/util/LongSparseArray", "android/util/SparseBooleanArray",
    "android/util/SparseIntArray", "androidx/collection/LongSparseArray", "androidx/collection/SparseArrayCompat",
)  # fmt: skip
KOTLIN_COLLECTIONS = ("kotlin/collections/CollectionsKt", "kotlin/collections/CollectionsKt___CollectionsKt",
                      "kotlin/collections/ArraysKt", "kotlin/collections/ArraysKt___ArraysKt")  # fmt: skip
STREAMS = _util("stream/Stream stream/IntStream stream/BaseStream")
KEYED = ("org/json/JSONObject", "android/os/Bundle", "android/os/BaseBundle", "android/content/SharedPreferences",
         "android/content/ContentValues", "com/google/gson/JsonObject")  # fmt: skip


class Operand(NamedTuple):
    """Which arguments are the text and the list, -1 none; whether they may be the other way round."""

    text: int
    list: int
    symmetric: bool = False


_FORTH, _BACK, _EITHER = Operand(0, 1), Operand(1, 0), Operand(0, 1, symmetric=True)
_OTHERS, _PREDICATE = Operand(1, 0, symmetric=True), Operand(-1, 0)

Entry = tuple[str, Operand, tuple[str, ...], dict[str, str]]

CALLS: tuple[Entry, ...] = (
    ("substring", _FORTH, STRING, {"contains": "contains", "indexOf": "index-of", "lastIndexOf": "index-of"}),
    ("substring", _FORTH, BUFFERS, {"indexOf": "index-of", "lastIndexOf": "index-of"}),
    ("substring", _FORTH, KOTLIN_TEXT, {
        "contains": "contains", "indexOf": "index-of", "lastIndexOf": "index-of", "indexOfAny": "index-of-any",
        "lastIndexOfAny": "index-of-any", "findAnyOf": "index-of-any", "findLastAnyOf": "index-of-any",
    }),
    ("whole", _EITHER, STRING, {
        "equals": "equals", "equalsIgnoreCase": "equals-ignore-case", "contentEquals": "equals",
        "compareTo": "compare", "compareToIgnoreCase": "compare-ignore-case",
    }),
    ("whole", _EITHER, BUFFERS, {"compareTo": "compare"}),
    ("whole", _EITHER, ("java/lang/CharSequence",), {"compare": "compare"}),
    ("whole", _EITHER, KOTLIN_TEXT, {"equals": "equals", "contentEquals": "equals", "compareTo": "compare"}),
    ("whole", _EITHER, ("java/lang/Object", "java/util/Objects"), {"equals": "equals"}),
    ("whole", _EITHER, ("kotlin/jvm/internal/Intrinsics",), {"areEqual": "equals"}),
    ("whole", Operand(1, 2, symmetric=True), (
        "java/text/Collator", "java/text/RuleBasedCollator", "java/util/Comparator",
    ), {"compare": "compare", "equals": "compare"}),
    ("prefix", _FORTH, STRING, {
        "startsWith": "starts-with", "endsWith": "ends-with", "regionMatches": "region-matches",
    }),
    ("prefix", _FORTH, KOTLIN_TEXT, {
        "startsWith": "starts-with", "endsWith": "ends-with", "regionMatches": "region-matches",
    }),
    ("regex", _FORTH, STRING, {
        "matches": "matches-regex", "replaceAll": "replace-regex", "replaceFirst": "replace-regex",
        "split": "split-regex",
    }),
    ("regex", Operand(0, 0), ("java/util/regex/Matcher",), {
        "find": "find-regex", "matches": "matches-regex", "lookingAt": "find-regex", "replaceAll": "replace-regex",
        "replaceFirst": "replace-regex",
    }),
    ("regex", _BACK, ("java/util/regex/Pattern",), {"matches": "matches-regex", "split": "split-regex"}),
    ("regex", _BACK, ("kotlin/text/Regex",), {
        "containsMatchIn": "find-regex", "matches": "matches-regex", "matchEntire": "matches-regex",
        "find": "find-regex", "findAll": "find-regex", "replace": "replace-regex",
    }),
    ("regex", _FORTH, KOTLIN_TEXT, {"matches": "matches-regex"}),
    ("regex", _BACK, ("android/os/PatternMatcher",), {"match": "glob"}),
    ("replace", _FORTH, (*STRING, *KOTLIN_TEXT), {"replace": "replace"}),
    ("collection", _BACK, COLLECTIONS, {
        "contains": "contains-member", "indexOf": "contains-member", "lastIndexOf": "contains-member",
    }),
    ("collection", _OTHERS, COLLECTIONS, {
        "containsAll": "contains-all", "retainAll": "retain", "removeAll": "remove",
    }),
    ("collection", _EITHER, ("java/util/Collections",), {"disjoint": "disjoint"}),
    ("collection", _BACK, ("java/util/Collections", "java/util/Arrays"), {
        "binarySearch": "contains-member", "frequency": "contains-member",
    }),
    ("collection", _BACK, MAPS, {
        "containsKey": "contains-key", "containsValue": "contains-value", "indexOfKey": "contains-key",
        "get": "look-up", "getOrDefault": "look-up",
    }),
    ("collection", _BACK, KEYED, {"has": "contains-key", "contains": "contains-key", "containsKey": "contains-key"}),
    ("collection", _BACK, SPARSE, {"get": "look-up", "indexOfKey": "contains-key", "contains": "contains-key"}),
    ("collection", _BACK, KOTLIN_COLLECTIONS, {"contains": "contains-member", "indexOf": "contains-member"}),
    ("collection", _BACK, ("com/google/common/hash/BloomFilter",), {"mightContain": "contains-member"}),
    ("text-utils", _EITHER, ("android/text/TextUtils",), {"equals": "equals"}),
    ("text-utils", _FORTH, ("android/text/TextUtils",), {
        "indexOf": "index-of", "lastIndexOf": "index-of", "regionMatches": "region-matches",
    }),
    ("stream", _PREDICATE, STREAMS, {
        "anyMatch": "any-match", "noneMatch": "any-match", "allMatch": "any-match", "filter": "any-match",
    }),
    ("stream", _PREDICATE, COLLECTIONS, {"removeIf": "any-match"}),
    ("digest", _EITHER, ("java/security/MessageDigest",), {"isEqual": "equals-bytes"}),
    ("digest", _EITHER, ("java/util/Arrays",), {"equals": "equals-bytes"}),
)  # fmt: skip
"""(family, operands, classes, operator by method name)."""

THROUGH, ELEMENT, CHARACTER, HASH, CHANGED, MATCHER, JOINED = range(1, 8)
"""What a method's result is to its first argument: the same value in another form; a member of it; one character of
it; a number made from it; the text with parts replaced; a matcher of the pattern for the text, its second argument; the
same with its second argument behind it."""

Role = tuple[int, tuple[str, ...], tuple[str, ...]]
_BOXES = tuple(f"java/lang/{name}" for name in ("Integer", "Long", "Character", "Short", "Byte"))
_JSON = ("org/json/JSONArray", "org/json/JSONObject", "com/google/gson/JsonArray", "com/alibaba/fastjson/JSONArray",
         "com/alibaba/fastjson/JSONObject")  # fmt: skip

ROLES: tuple[Role, ...] = (
    (THROUGH, (*STRING, *BUFFERS, *SEQUENCES, "java/lang/Object"), (
        "toLowerCase", "toUpperCase", "trim", "strip", "substring", "subSequence", "intern", "toString", "valueOf",
        "reverse", "lowercase", "toCharArray", "getBytes", "codePoints", "chars", "repeat",
    )),
    (JOINED, (*STRING, *BUFFERS, *SEQUENCES), ("concat", "append")),
    (THROUGH, KOTLIN_TEXT, ("trim", "lowercase", "substring", "toLowerCase", "toUpperCase", "removePrefix",
                            "removeSuffix", "take", "drop", "reversed", "capitalize", "toCharArray")),
    (THROUGH, _BOXES, ("valueOf", "intValue", "longValue", "charValue", "toLowerCase", "toUpperCase", "toString",
                       "shortValue", "byteValue", "toChars", "getNumericValue")),
    (THROUGH, ("java/text/Normalizer",), ("normalize",)),
    (THROUGH, ("java/util/Objects",), ("requireNonNull", "toString")),
    (THROUGH, ("android/net/Uri",), ("encode", "decode", "parse", "toString", "getHost", "getPath")),
    (THROUGH, ("java/util/Map$Entry",), ("getKey", "getValue")),
    (CHANGED, (*STRING, *KOTLIN_TEXT), ("replace", "replaceAll", "replaceFirst", "replace$default")),
    (ELEMENT, ("java/util/Iterator", "java/util/ListIterator"), ("next", "previous")),
    (ELEMENT, ("java/util/Enumeration", "java/util/StringTokenizer"), ("nextElement", "nextToken")),
    (ELEMENT, (*COLLECTIONS, *MAPS, *SPARSE), (
        "get", "poll", "peek", "element", "pop", "valueAt", "keyAt", "pollFirst", "removeFirst", "elementAt", "floor",
        "ceiling", "ceilingKey", "floorKey", "getOrDefault",
    )),
    (ELEMENT, _JSON, ("getString", "optString", "get", "opt", "getJSONObject", "optJSONObject", "getAsString")),
    (ELEMENT, ("android/database/Cursor",), ("getString", "getBlob")),
    (ELEMENT, ("java/io/BufferedReader", "java/io/LineNumberReader", "java/util/Scanner", "java/io/DataInputStream"),
     ("readLine", "nextLine", "next", "readUTF")),
    (ELEMENT, ("android/util/JsonReader", "com/google/gson/stream/JsonReader", "org/xmlpull/v1/XmlPullParser"),
     ("nextString", "nextText", "nextName")),
    (ELEMENT, ("android/content/res/TypedArray", "org/w3c/dom/NodeList"), ("getString", "getText", "item")),
    (CHARACTER, (*STRING, *BUFFERS, *SEQUENCES), ("charAt", "codePointAt", "get")),
    (CHARACTER, ("java/text/CharacterIterator", "java/text/StringCharacterIterator", "kotlin/collections/CharIterator"),
     ("next", "current", "first", "nextChar")),
    (HASH, (*STRING, "java/lang/Object", "java/util/Objects"), ("hashCode", "hash")),
    (HASH, ("java/util/zip/CRC32", "java/util/zip/Checksum", "java/util/zip/Adler32"), ("getValue",)),
    (HASH, ("java/nio/ByteBuffer", "java/security/MessageDigest"), ("getLong", "getInt", "digest")),
    (MATCHER, ("java/util/regex/Pattern",), ("matcher",)),
)  # fmt: skip

TEXT_TYPES = (*STRING, *BUFFERS, *SEQUENCES)
BYTES = ("[B", "[C")
"""Arrays that may hold a text or its digest."""
OPEN_TYPES = ("java/lang/Object", "java/lang/Comparable", "java/io/Serializable", "java/util/Map$Entry")
"""Types that may hold text although they are no text types."""
