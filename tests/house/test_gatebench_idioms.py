import random
import re
from collections import Counter, defaultdict

import pytest

from benchmarks.gatebench.composing import Wiring
from benchmarks.gatebench.fragments import Idiom, Piece
from benchmarks.gatebench.idioms import IDIOMS
from benchmarks.gatebench.idioms.writing import Template
from benchmarks.gatebench.naming import Names

LISTS = "constants resource asset file database preference downloaded pushed provider unknown"
TEXTS = (
    "typed search clipboard intent url page sms notification contact call media location packages screen "
    "advertisement feed push device log unknown"
)
CONSEQUENCES = "dropped refused masked message navigation connection install hidden reported logged stored"
KINDS = ("list", "text", "matcher", "consequence", "gate", "plumbing", "decoy")
LEFT = re.compile(r"@\w+@|@(?:words|condition|decide|ask|start|run)\(")


def made(idiom: Idiom) -> Piece:
    wiring = Wiring(random.Random(1), ("kettle", "lagoon"), idiom.gives if idiom.kind == "list" else idiom.takes[0])
    wiring.uses = dict.fromkeys(("words", "condition", "decide", "ask", "start"), "null")
    return idiom.make(Names("org.example.trial", 1), wiring)


@pytest.mark.parametrize("idiom", IDIOMS, ids=lambda idiom: idiom.name)
def test_nothing_is_left_to_be_filled(idiom: Idiom) -> None:
    piece = made(idiom)
    world = piece.world(("kettle", "lagoon"), {})
    texts = [piece.use, piece.start, piece.drive, piece.flag, *piece.manifest, *piece.sources.values()]
    texts += [*piece.kotlin.values(), *piece.smali.values(), *piece.played.values()]
    texts += [*piece.other.sources.values(), *piece.other.manifest, piece.other.drive] if piece.other else []
    outside = [*world.replies.items(), *world.files.items(), *world.preferences.items(), *world.providers.items()]
    assert not [found for text in (*texts, str(outside)) for found in LEFT.findall(text)]


@pytest.mark.parametrize("kind", KINDS)
def test_about_a_third_of_each_kind_is_held_back(kind: str) -> None:
    counted = Counter(idiom.held_back for idiom in IDIOMS if idiom.kind == kind)
    assert 0.25 <= counted[True] / counted.total() <= 0.45


@pytest.mark.parametrize(("kind", "origins"), [("list", LISTS), ("text", TEXTS)])
def test_every_origin_has_a_known_idiom_and_most_a_held_back_one(kind: str, origins: str) -> None:
    known = {idiom.origin for idiom in IDIOMS if idiom.kind == kind and not idiom.held_back}
    held = {idiom.origin for idiom in IDIOMS if idiom.kind == kind and idiom.held_back}
    assert known == set(origins.split())
    assert held == known


def test_every_consequence_is_met() -> None:
    assert {each for idiom in IDIOMS for each in idiom.consequences} == set(CONSEQUENCES.split())


def test_pieces_that_can_meet_draw_no_class_under_one_role() -> None:
    slots = defaultdict(set)
    for idiom in IDIOMS:
        if idiom.kind != "decoy" and isinstance(idiom.make, Template):
            texts = {**idiom.make.sources, **idiom.make.kotlin, **idiom.make.smali}
            for text in (*texts, *texts.values()):
                for role in re.findall(r"@T_(\w+)@", text):
                    slots[role].add((idiom.kind, idiom.carries))
    assert slots
    assert not {role: sorted(there) for role, there in slots.items() if len(there) > 1}


def test_questions_can_be_negated() -> None:
    loose = re.compile(r"(==|!=|&&|\|\||[<>]=?) ")
    asked = [idiom for idiom in IDIOMS if idiom.carries == "ask"]
    assert asked
    bare = [idiom.name for idiom in asked if loose.search(use := made(idiom).use) and not use.startswith("(")]
    assert not bare
