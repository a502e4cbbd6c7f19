import random
from typing import Any

import pytest

from assay.model.errors import UsageError
from assay.reference.address_tree import Tree
from tests.reference.mmdb import database

NETWORKS: dict[str, dict[str, Any]] = {
    "192.0.2.0/24": {"country": {"iso_code": "DE"}, "registered_country": {"iso_code": "US"}},
    "198.51.100.0/25": {"registered_country": {"iso_code": "US"}, "traits": {"is_anycast": True}},
    "198.51.100.128/25": {"country_code": "jp", "is_anycast": False},
    "203.0.113.0/24": {"country": "SG", "is_anycast": True},
    "2001:db8:5::/48": {"country": {"iso_code": "SG"}},
    "2001:db8:6::/48": {"city": "nowhere"},
    "2001:db8:7::/48": {"country": {"iso_code": "Singapore"}},
}
TREE = database(NETWORKS)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("192.0.2.255", ("DE", "")),
        ("198.51.100.1", ("US", "anycast")),
        ("198.51.100.200", ("JP", "")),
        ("203.0.113.9", ("SG", "anycast")),
        ("2001:db8:5::10", ("SG", "")),
        ("2001:db8:6::1", None),
        ("2001:db8:7::1", None),
        ("10.0.0.1", None),
        ("2001:db8:8::1", None),
    ],
)
def test_the_shapes_of_several_makers_are_read(address: str, found: tuple[str, str] | None) -> None:
    assert Tree(TREE, "a.mmdb").find(address) == found


@pytest.mark.parametrize(("epoch", "day"), [(1631664000, "2021-09-15"), (0, ""), (1 << 35, ""), (1 << 63, "")])
def test_the_day_it_was_built_is_told(epoch: int, day: str) -> None:
    assert Tree(database(NETWORKS, epoch), "a.mmdb").built == day


@pytest.mark.mutation
def test_a_damaged_tree_is_the_users_mistake_or_gives_an_answer(mutations: int) -> None:
    chance = random.Random(7)
    for _ in range(mutations):
        content = bytearray(TREE)
        for _ in range(chance.randint(1, 4)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            tree = Tree(bytes(content), "a.mmdb")
            answers = [tree.find(address) for address in ("192.0.2.1", "2001:db8:5::1", "203.0.113.1")]
        except UsageError:
            continue
        assert all(answer is None or len(answer[0]) == 2 for answer in answers)
