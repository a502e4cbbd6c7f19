"""URLs in a text, and texts that are a host or an address as a whole. Precision before recall: see `BLIND`.

Sources: RFC 3986 (URLs), RFC 1123 section 2.1 (hosts), RFC 4291 and RFC 5952 (IPv6), the registries of URL schemes.
"""

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import NamedTuple

from assay.facts.addresses.hosts import is_public_host

CLEARTEXT = {
    "http": True, "ws": True, "ftp": True, "mqtt": True, "rtsp": True, "rtmp": True, "coap": True, "stun": True,
    "tcp": True, "udp": True, "telnet": True, "ldap": True,
    "https": False, "wss": False, "ftps": False, "sftp": False, "mqtts": False, "rtsps": False, "rtmps": False,
    "coaps": False, "quic": False, "ssl": False, "tls": False, "ldaps": False,
}  # fmt: skip
"""Schemes of the network, and whether they go without transport encryption."""

NAMESPACES = (
    "schemas.android.com/", "www.w3.org/", "xml.org/sax/", "xmlpull.org/v1/", "java.sun.com/xml/", "javax.xml.",
    "xml.apache.org/", "ns.adobe.com/", "purl.org/", "schemas.xmlsoap.org/", "schemas.microsoft.com/", "relaxng.org/",
    "json-schema.org/", "docs.oasis-open.org/", "apache.org/xml/", "www.xml-cml.org/", "sax.xml.org/",
)  # fmt: skip
"""Beginnings of URLs that are names of vocabularies: software compares them and never asks for them."""

MAX_URL = 2048
"""Longest URL in characters; the rest of a longer one is cut off."""

BLIND = (
    "addresses that code puts together at run time, and addresses that are encoded or encrypted",
    "bare hosts inside a longer text, and those that look like names of files, of packages or of members of objects",
    "IP addresses that look like version numbers, and addresses of the device itself (loopback, unspecified)",
    "URLs that name vocabularies of XML and JSON",
)
"""What every analyser of addresses cannot see."""

_SCHEMES = "|".join(sorted(CLEARTEXT, key=len, reverse=True))
_URL = re.compile(
    rf"(?<![A-Za-z0-9+.-])({_SCHEMES})://([^\s\x00-\x20/?#\"'<>\\^`{{|}}\u3000-\u303f\uff00-\uffef\u2018-\u201d]*)"
    rf"([^\s\x00-\x20\"'<>\\^`|\u3000-\u303f\uff00-\uffef\u2018-\u201d]*)",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?)]}*"
_AUTHORITY = re.compile(r"(?:[^@]*@)?(\[[0-9A-Fa-f:.%]+\]|[^:@]+)(?::([0-9]{1,5}))?")
_LABELS = re.compile(
    r"(?=.{1,253}\.?$)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+(?:[^\W\d_]{2,}|xn--[a-z0-9-]{2,59})\.?", re.IGNORECASE
)
_PORTED = re.compile(r"(.+?)(?::([0-9]{1,5}))?")
_V4 = re.compile(r"(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)")
_RESOLVERS = frozenset({"1.1.1.1", "1.0.0.1", "8.8.8.8", "8.8.4.4", "9.9.9.9", "4.2.2.2", "1.2.4.8"})
"""Addresses with small numbers only that are well known as resolvers."""


class Written(NamedTuple):
    """An address as written: kind (url, host, ip), value, and its parts; `start` is the character it begins at."""

    kind: str
    value: str
    scheme: str
    host: str
    port: int | None
    path: str
    cleartext: bool | None
    start: int


def addresses_in(text: str, *, whole: bool = True, version: bool = False) -> Iterator[Written]:
    """Yield the URLs in a text; where there is none and `whole`, the host or IP address that the text is.

    `version`: the text is known to be a version number, so that it is no IP address.
    """
    found = False
    for url in urls_in(text):
        found = True
        yield url
    if whole and not found and "://" not in text:
        yield from bare(text, version=version)


def urls_in(text: str) -> Iterator[Written]:
    """Yield every URL of the network with a host that is written out."""
    if "://" in text:
        for match in _URL.finditer(text):
            url = _url(match)
            if url is not None:
                yield url


def unfinished_in(text: str) -> int:
    """Return how many URLs have no host that is written out: placeholders, or nothing behind the scheme."""
    return sum(1 for match in _URL.finditer(text) if _host(match[2]) is None) if "://" in text else 0


def _url(match: re.Match[str]) -> Written | None:
    authority, rest = match[2], match[3]
    value = match[0][:MAX_URL]
    kept = value.rstrip(_TRAILING) if not rest.endswith(("()", "{}")) else value
    path = kept[len(match[1]) + 3 + len(authority) :]
    host = _host(authority if path or rest else authority.rstrip(_TRAILING))
    if host is None or (host[0] + path).lower().startswith(NAMESPACES):
        return None
    scheme = match[1].lower()
    return Written("url", kept, scheme, host[0], host[1], path, CLEARTEXT[scheme], match.start())


def _host(authority: str) -> tuple[str, int | None] | None:
    """Return (host, port) of an authority, None where it is no host of the network."""
    match = _AUTHORITY.fullmatch(authority)
    if match is None:
        return None
    port = int(match[2]) if match[2] else None
    if port is not None and port > 65535:
        return None
    if match[1].startswith("["):
        address = _v6(match[1][1:-1])
    elif _V4.fullmatch(match[1]):
        address = _v4(match[1])
    else:
        address = match[1].lower().rstrip(".") if _LABELS.fullmatch(match[1]) else None
    return None if address is None else (address, port)


def _v4(text: str) -> str | None:
    address = IPv4Address(text)
    return None if address.is_loopback or address.is_unspecified or text.startswith("255.") else str(address)


def _v6(text: str) -> str | None:
    try:
        address = IPv6Address(text)
    except AddressValueError:
        return None
    return None if address.is_loopback or address.is_unspecified else str(address)


def bare(text: str, *, version: bool = False) -> Iterator[Written]:
    """Yield the host or IP address that a trimmed text is, if it is one."""
    trimmed = text.strip()
    if 4 <= len(trimmed) <= 260 and not trimmed.isalnum():
        start = text.index(trimmed)
        written = _bare_v4(trimmed, start, version=version) or _bare_v6(trimmed, start) or _bare_host(trimmed, start)
        if written is not None:
            yield written


def _bare_v4(text: str, start: int, *, version: bool) -> Written | None:
    match = _PORTED.fullmatch(text)
    if match is None or version or not _V4.fullmatch(match[1]):
        return None
    host = _v4(match[1])
    if host is None or not (match[2] or _unlike_version(host)):
        return None
    return Written("ip", text, "", host, _port(match[2]), "", None, start)


def _unlike_version(host: str) -> bool:
    """Say whether a number of four parts is too large for a version: one part has three digits, or it is known."""
    return host in _RESOLVERS or any(len(part) == 3 for part in host.split(".")) or host.startswith("10.0.2.")


def _bare_v6(text: str, start: int) -> Written | None:
    """Return an IPv6 address of at least three groups, so that names in C++ and times are none."""
    if text.count(":") < 2 or sum(1 for group in text.split(":") if group) < 3:
        return None
    host = _v6(text)
    return None if host is None else Written("ip", text, "", host, None, "", None, start)


def _bare_host(text: str, start: int) -> Written | None:
    match = _PORTED.fullmatch(text)
    if match is None or not is_public_host(match[1]):
        return None
    return Written("host", text, "", match[1], _port(match[2]), "", None, start)


def _port(digits: str | None) -> int | None:
    return int(digits) if digits and int(digits) <= 65535 else None
