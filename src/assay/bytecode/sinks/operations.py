"""What is done to content on its way: digests, encodings, encryption, as models and constants of the code say."""

from collections.abc import Iterator

from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.terms import Kind, Term
from assay.bytecode.sinks.calls import placed

_TOLD = frozenset(
    {
        "decode-base64", "decode-hex", "decode-url", "decrypt", "deflate", "digest", "digest-md5", "digest-sha1",
        "digest-sha256", "encode-base64", "encode-hex", "encode-url", "encrypt", "inflate", "mac", "parse-archive",
        "parse-json", "parse-properties", "parse-protobuf", "parse-xml", "write-json",
    }
)  # fmt: skip
_CIPHER = "Ljavax/crypto/Cipher"
_MODES = {1: "encrypt", 2: "decrypt", 3: "encrypt", 4: "decrypt"}
"""Cipher.ENCRYPT_MODE, DECRYPT_MODE, WRAP_MODE, UNWRAP_MODE (Java Platform, javax.crypto.Cipher)."""


def operations(evaluator: Evaluator, way: tuple[int, ...]) -> tuple[str, ...]:
    """Return what is done on a way (`Origin.way`), nearest to the origin first, each once."""
    found: dict[str, None] = {}
    for number in reversed(way):
        found.update(dict.fromkeys(_done(evaluator, evaluator.terms[number])))
    return tuple(found)


def _done(evaluator: Evaluator, term: Term) -> Iterator[str]:
    if term.kind is not Kind.CALL or term.model is None or term.model.source:
        return
    for flow in term.model.flows:
        if flow.op in _TOLD and flow.target.root in {"return", "this"}:
            yield _cipher(evaluator, term) if term.name.startswith(_CIPHER) else flow.op


def _cipher(evaluator: Evaluator, term: Term) -> str:
    """Return what a cipher does: by the constant that it was begun with, else just that it is one."""
    found = placed(evaluator.ground, term.definition, term.pc)
    if found is None or found.call.static or not found.call.arguments:
        return "cipher"
    at = 2 if found.call.name == b"<init>" else 0
    if at >= len(found.call.arguments):
        return "cipher"
    cipher = evaluator.term(term.definition, found.call.arguments[at], term.context)
    known = evaluator.constants(evaluator.inside(cipher, ".mode"))
    modes = {_MODES.get(each, "cipher") if isinstance(each, int) else "cipher" for each in known or ()}
    return modes.pop() if len(modes) == 1 else "cipher"
