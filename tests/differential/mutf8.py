"""Strings as DEX files hold them."""


def mutf8(text: str) -> bytes:
    """Return the bytes of a string: each half of a surrogate pair by itself, NUL in two bytes."""
    raw = text.encode("utf-16-le", "surrogatepass")
    units = (int.from_bytes(raw[at : at + 2], "little") for at in range(0, len(raw), 2))
    return b"".join(chr(unit).encode("utf-8", "surrogatepass") if unit else b"\xc0\x80" for unit in units)
