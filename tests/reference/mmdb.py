"""Writes small MaxMind DB files (format 2.0, records of 24 bits, IPv6 tree), without the library that reads them."""

import ipaddress
import struct
from typing import Any

MARK = b"\xab\xcd\xefMaxMind.com"


def _control(kind: int, size: int) -> bytes:
    if size < 29:
        head, more = size, b""
    elif size < 285:
        head, more = 29, bytes([size - 29])
    else:
        head, more = 30, struct.pack(">H", size - 285)
    if kind <= 7:
        return bytes([kind << 5 | head]) + more
    return bytes([head, kind - 7]) + more


def value(given: Any) -> bytes:
    """One value of the data section: map, text, boolean, list of text, or unsigned integer of 64 bits."""
    if isinstance(given, dict):
        return _control(7, len(given)) + b"".join(value(key) + value(item) for key, item in given.items())
    if isinstance(given, list):
        return _control(11, len(given)) + b"".join(map(value, given))
    if isinstance(given, bool):
        return _control(14, int(given))
    if isinstance(given, str):
        return _control(2, len(given.encode())) + given.encode()
    packed: bytes = given.to_bytes((given.bit_length() + 7) // 8, "big")
    return _control(9, len(packed)) + packed


def database(networks: dict[str, dict[str, Any]], epoch: int = 1631664000) -> bytes:
    """A database that gives each network its record; IPv4 networks lie below ::/96."""
    nodes: list[list[Any]] = [[None, None]]
    data, offsets = b"", []
    for network, record in networks.items():
        bits, length = _bits(network)
        node = 0
        for depth in range(length - 1):
            side = bits >> (127 - depth) & 1
            if nodes[node][side] is None:
                nodes.append([None, None])
                nodes[node][side] = ("node", len(nodes) - 1)
            node = nodes[node][side][1]
        offsets.append(len(data))
        nodes[node][bits >> (128 - length) & 1] = ("data", len(data))
        data += value(record)
    tree = b"".join(_record(side, len(nodes)) for node in nodes for side in node)
    about = {
        "binary_format_major_version": 2,
        "binary_format_minor_version": 0,
        "build_epoch": epoch,
        "database_type": "Specimen-Country",
        "description": {"en": "specimen"},
        "ip_version": 6,
        "languages": ["en"],
        "node_count": len(nodes),
        "record_size": 24,
    }
    return tree + bytes(16) + data + MARK + value(about)


def _bits(text: str) -> tuple[int, int]:
    network = ipaddress.ip_network(text)
    longer = 96 if network.version == 4 else 0
    return int(network.network_address), network.prefixlen + longer


def _record(side: Any, count: int) -> bytes:
    if side is None:
        number = count
    elif side[0] == "node":
        number = side[1]
    else:
        number = count + 16 + side[1]
    return int(number).to_bytes(3, "big")
