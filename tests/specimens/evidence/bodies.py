"""The bodies of the configuration endpoints, as files, answers and snapshots hold them."""

import json

from tests.specimens.evidence import words
from tests.specimens.evidence.exchange import compact

FULL, NEWER, EMPTY = 20210914, 20211115, 20220105


def guard(version: int, entries: list[str]) -> str:
    return compact({"v": version, "on": True, "force": False, "ttl": 43200, "words": entries})


def guard_full() -> str:
    return guard(FULL, words.guard_full())


def guard_newer() -> str:
    return guard(NEWER, words.guard_newer())


def guard_empty() -> str:
    return guard(EMPTY, [])


def guard_unchanged() -> str:
    return compact({"v": FULL, "on": True, "force": False, "unchanged": True})


def brands() -> str:
    return json.dumps({"version": 31, "brands": words.brands()}, ensure_ascii=False)


OFFERS = compact(
    {
        "offers": [
            {"title": "A kettle that sings", "body": "Three tunes, one button", "link": "https://ads.example.test/k"},
            {"title": "Walking shoes by Kobro", "body": "Now in green", "link": "https://ads.example.test/s"},
        ]
    }
)
