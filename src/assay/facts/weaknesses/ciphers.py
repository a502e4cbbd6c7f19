"""Ciphers: which are asked for, and what their keys and initialisation vectors are made of.

Source: Java Cryptography Architecture, Standard Algorithm Names (Cipher); NIST SP 800-131A on DES, RC2 and RC4.
"""

from collections.abc import Iterator

from assay.bytecode.provenance.origins import CONSTANT, UNFOLLOWED, Origin
from assay.bytecode.provenance.terms import Kind
from assay.bytecode.sinks.calls import PlacedCall
from assay.facts.weaknesses.scene import Scene, Seen, name_of

_OLD = frozenset({"DES", "RC2", "RC4", "ARC4", "ARCFOUR"})
_BLOCKS = frozenset({"AES", "DES", "DESEDE", "TRIPLEDES", "BLOWFISH", "RC2", "SM4", "TWOFISH"})
_KEYS = (b"Ljavax/crypto/spec/SecretKeySpec;", b"Ljavax/crypto/spec/DESKeySpec;", b"Ljavax/crypto/spec/DESedeKeySpec;",
         b"Ljavax/crypto/spec/PBEKeySpec;")  # fmt: skip
_VECTORS = {b"Ljavax/crypto/spec/IvParameterSpec;": 1, b"Ljavax/crypto/spec/GCMParameterSpec;": 2}
_INIT = (b"<init>",)


def ciphers(scene: Scene) -> Iterator[Seen]:
    """Yield what is wrong with ciphers, their keys and vectors."""
    for at in scene.called((b"Ljavax/crypto/Cipher;",), (b"getInstance",)):
        for asked in scene.constants(at, 1):
            yield from _transformation(scene, at, str(asked))
    for at in scene.called(_KEYS, _INIT):
        yield from _key(scene, at)
    for owner, argument in _VECTORS.items():
        for at in scene.called((owner,), _INIT):
            if _constant(scene, scene.begins(scene.argument(at, argument))):
                yield scene.at("constant-iv", at, name_of(at.call).rpartition(".")[0], "every byte stands in the code")


def _transformation(scene: Scene, at: PlacedCall, asked: str) -> Iterator[Seen]:
    steps = [*asked.upper().split("/"), ""]
    if steps[0] in _OLD:
        yield scene.at("old-cipher", at, asked, "asked for by name")
    if steps[0] in _BLOCKS and steps[1] in {"", "ECB"}:
        yield scene.at(
            "ecb-mode", at, asked, "asked for by name" if steps[1] else "what a provider takes without a mode"
        )


def _key(scene: Scene, at: PlacedCall) -> Iterator[Seen]:
    begins = scene.begins(scene.argument(at, 1))
    subject = name_of(at.call).rpartition(".")[0]
    if _constant(scene, begins):
        yield scene.at("constant-key", at, subject, "everything that the key is made of stands in the code")
    elif any(each.label == "variable.time" for each in begins) and _from(begins, {"variable.time"}):
        yield scene.at("key-from-time", at, subject, "the key is made of the time, and of constants")


def _constant(scene: Scene, begins: tuple[Origin, ...]) -> bool:
    """Return whether content is made of constants, or of an array that the code fills, alone."""
    told = [each for each in begins if each.label != "empty" or scene.terms[each.term].kind is Kind.OBJECT]
    return bool(told) and _from(tuple(told), set()) and any(_tells(scene, each) for each in told)


def _tells(scene: Scene, origin: Origin) -> bool:
    """Return whether a constant is more than a length or a name of an encoding."""
    own = scene.terms[origin.term]
    return origin.label == CONSTANT and isinstance(own.value, (str, int)) and own.value not in {"UTF-8", "utf-8"}


def _from(begins: tuple[Origin, ...], labels: set[str]) -> bool:
    return all(each.label in {CONSTANT, "empty", *labels} for each in begins) and UNFOLLOWED not in labels
