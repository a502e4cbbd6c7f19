"""Ciphers by name, keys and vectors by what they are made of, and near misses."""

import pytest

from assay.facts.weaknesses.ciphers import ciphers
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.provenance.linked import call, constant, new, proto, result, statically, text, virtual
from tests.facts.weaknesses.apps import kinds

STRING = "Ljava/lang/String;"
CIPHER = "Ljavax/crypto/Cipher;"
KEY, VECTOR = "Ljavax/crypto/spec/SecretKeySpec;", "Ljavax/crypto/spec/IvParameterSpec;"


def one(*code: w.Unit) -> k.Kin:
    return k.kin("LA;", k.method("LA;", "m", k.PUBLIC | k.STATIC, list(code)))


def asking(name: str) -> k.Kin:
    return one(*text(0, name), *statically(CIPHER, "getInstance", proto(CIPHER, STRING), 0))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("AES/ECB/PKCS5Padding", ["ecb-mode"]),
        ("AES", ["ecb-mode"]),
        ("aes/ecb/nopadding", ["ecb-mode"]),
        ("DES/CBC/PKCS5Padding", ["old-cipher"]),
        ("DES", ["old-cipher", "ecb-mode"]),
        ("RC4", ["old-cipher"]),
        ("ARCFOUR", ["old-cipher"]),
        ("AES/CBC/PKCS5Padding", []),
        ("AES/GCM/NoPadding", []),
        ("RSA/ECB/PKCS1Padding", []),
        ("RSA/ECB/OAEPWithSHA-256AndMGF1Padding", []),
        ("ChaCha20", []),
        ("", []),
        ("/ECB/", []),
    ],
)
def test_transformations(name: str, expected: list[str]) -> None:
    assert kinds(ciphers, asking(name)) == expected


def test_a_transformation_that_is_not_known_is_not_told() -> None:
    code = [
        *virtual("LA;", "name", proto(STRING), 15),
        *result(0),
        *statically(CIPHER, "getInstance", proto(CIPHER, STRING), 0),
    ]
    assert kinds(ciphers, one(*code)) == []


BYTES = [*virtual(STRING, "getBytes", proto("[B"), 0), *result(1)]
MAKE_KEY = [*new(2, KEY), *text(3, "AES"), *call(k.DIRECT, KEY, "<init>", proto("V", "[B", STRING), 2, 1, 3)]
MAKE_VECTOR = [*new(2, VECTOR), *call(k.DIRECT, VECTOR, "<init>", proto("V", "[B"), 2, 1)]
RANDOM = "Ljava/security/SecureRandom;"
SEEDED = [*new(4, RANDOM), *call(k.DIRECT, RANDOM, "<init>", proto("V"), 4), *constant(1, 7), 0x23 | 1 << 8 | 1 << 12,
          w.Index("type", "[B"), *virtual(RANDOM, "nextBytes", proto("V", "[B"), 4, 1)]  # fmt: skip
FILLED = [
    *constant(0, 4),
    0x23 | 1 << 8 | 0 << 12,
    w.Index("type", "[B"),
    *constant(3, 5),
    *constant(4, 0),
    0x4F | 3 << 8,
    1 | 4 << 8,
]
TIME = [
    *statically("Ljava/lang/System;", "currentTimeMillis", proto("J")),
    0x0B,
    *statically(STRING, "valueOf", proto(STRING, "J"), 0, 1),
    *result(0),
]
STORED = [*virtual("Ljava/security/KeyStore;", "getKey", proto("Ljava/security/Key;", STRING, "[C"), 5, 6, 7),
          *result(0), *call(k.INTERFACED, "Ljava/security/Key;", "getEncoded", proto("[B"), 0), *result(1)]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ([*text(0, "0123456789abcdef"), *BYTES, *MAKE_KEY], ["constant-key"]),
        ([*FILLED, *MAKE_KEY], ["constant-key"]),
        ([*TIME, *BYTES, *MAKE_KEY], ["key-from-time"]),
        ([*SEEDED, *MAKE_KEY], []),
        ([*STORED, *MAKE_KEY], []),
        ([*text(0, "0123456789abcdef"), *BYTES, *MAKE_VECTOR], ["constant-iv"]),
        ([*SEEDED, *MAKE_VECTOR], []),
    ],
    ids=["text", "array", "time", "random", "keystore", "vector", "random vector"],
)
def test_keys_and_vectors(code: list[w.Unit], expected: list[str]) -> None:
    assert kinds(ciphers, one(*code)) == expected


def test_a_password_of_the_code_is_a_constant_key() -> None:
    spec = "Ljavax/crypto/spec/PBEKeySpec;"
    made = [*new(2, spec), *call(k.DIRECT, spec, "<init>", proto("V", "[C"), 2, 1)]
    characters = [*virtual(STRING, "toCharArray", proto("[C"), 0), *result(1)]
    assert kinds(ciphers, one(*text(0, "secret"), *characters, *made)) == ["constant-key"]
    typed = [*virtual("Landroid/widget/EditText;", "getText", proto("Landroid/text/Editable;"), 0), *result(0),
             *virtual("Ljava/lang/Object;", "toString", proto(STRING), 0), *result(0)]  # fmt: skip
    assert kinds(ciphers, one(*typed, *characters, *made)) == []
