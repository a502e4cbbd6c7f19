"""The benchmark of a whole phone: what it makes is sound and mostly unique, and it measures all that it promises."""

import random
from pathlib import Path

import numpy as np
import pytest

from assay.artefacts.axml import BinaryXml
from assay.bytecode.columns import build
from assay.bytecode.dex import DexFile
from assay.model.source import BufferSource
from benchmarks.speed import components, corpus, gates, phone, phone_corpus, variants
from tests.bytecode import dex_writer
from tests.bytecode.program import kin

SMALL = corpus.made_up_dex(random.Random(5), classes=20)


def test_variants_are_sound_and_differ_in_nearly_every_body() -> None:
    source = variants.source(SMALL)
    made = [variants.variant(source, seed) for seed in (1, 1, 2)]
    assert made[0] == made[1] != made[2]
    files = [DexFile(BufferSource(raw)) for raw in (SMALL, made[0], made[2])]
    assert [problem.what for dex in files for problem in dex.problems] == []
    digests = [build(dex).definition_bodies for dex in files]
    assert np.mean(digests[0][:, 0] != digests[1][:, 0]) > 0.9
    assert np.mean(digests[1][:, 0] != digests[2][:, 0]) > 0.9
    for dex in files:
        strings = [dex.string_bytes(row) for row in range(dex.string_count)]
        assert strings == sorted(strings)


def test_letters_change_where_the_order_of_strings_allows_it() -> None:
    texts = ["Lorg/example/Aa;", "Lorg/example/Abcdef;", "Ljava/lang/Abcdef;", "alphabet", "alpine", "zero"]
    source = variants.source(dex_writer.write([], texts))
    dex = DexFile(BufferSource(variants.variant(source, 9)))
    changed = [dex.string_bytes(row) for row in range(dex.string_count)]
    before = sorted(map(str.encode, [*texts, "Ljava/lang/Object;"]))
    kept = {b"Ljava/lang/Abcdef;": 99, b"Ljava/lang/Object;": 99, b"alphabet": 4, b"alpine": 4, b"zero": 1}
    assert changed == sorted(changed) != before
    assert [len(text) for text in changed] == [len(text) for text in before]
    assert all(new[: kept[old]] == old[: kept[old]] for old, new in zip(before, changed, strict=True) if old in kept)


def test_the_independent_count_agrees_with_digests_of_bodies() -> None:
    source = variants.source(SMALL)
    changed = variants.variant(source, 3)
    counted = np.concatenate([variants.bodies(raw, source.codes) for raw in (SMALL, SMALL, changed)])
    columns = [build(DexFile(BufferSource(raw))) for raw in (SMALL, SMALL, changed)]
    digests = np.concatenate([one.definition_bodies[:, 0] for one in columns])
    assert len(counted) == len(digests)
    assert len(np.unique(counted)) == len(np.unique(digests))


def test_plans_keep_to_the_size_and_the_seed() -> None:
    sizes = [300_000, 1_000_000, 4_000_000]
    planned = phone_corpus.plans(sizes, 60, 200_000_000, 7)
    assert planned == phone_corpus.plans(sizes, 60, 200_000_000, 7) != phone_corpus.plans(sizes, 60, 200_000_000, 8)
    total = sum(sizes[part] for plan in planned for part, _ in plan.parts)
    assert total == pytest.approx(200_000_000, rel=0.1)
    updated = phone_corpus.changed(planned, 0.05, 7)
    assert len(updated) == 3
    before = {plan.name: plan.parts for plan in planned}
    assert all([p for p, _ in plan.parts] == [p for p, _ in before[plan.name]] for plan in updated)
    assert all(plan.parts != before[plan.name] for plan in updated)


def test_a_small_phone_is_measured(tmp_path: Path) -> None:
    result = phone.measure(tmp_path, tmp_path / "phone", seed=1, apps=8, gigabytes=0.01, real=False)
    assert result.keys() >= phone.TARGETS.keys() | {"floors", "corpus", "runs", "sha_ni", "cores"}
    runs, made = result["runs"], result["corpus"]
    assert isinstance(runs, dict)
    assert isinstance(made, dict)
    assert made["apps"] == 8
    assert runs["first"]["dex_files"] == runs["second"]["dex_files"] >= 4
    assert runs["first"]["bodies"] > runs["part"]["bodies"] > 0
    assert runs["first"]["problems"] == 0
    assert all(run["peak_pss_bytes"] > 1 << 24 for run in runs.values())


def test_what_code_asks_of_the_platform_stays() -> None:
    own, platform = "Lorg/example/Own;", "Ljava/lang/String;"
    called = [dex_writer.MethodId(owner, name, dex_writer.Proto("V")) for owner, name in
              ((own, "ownMethod"), (platform, "contains"), (own, "onReceive"))]  # fmt: skip
    code = [*(unit for each in called for unit in dex_writer.invoke(0x71, each)), *dex_writer.RETURN_VOID]
    method = dex_writer.Method(dex_writer.MethodId(own, "m", dex_writer.Proto("V")), code)
    raw = dex_writer.write([dex_writer.Class(own, direct=[method])])
    dex = DexFile(BufferSource(variants.variant(variants.source(raw), 3)))
    texts = {dex.string_bytes(row) for row in range(dex.string_count)}
    assert {b"contains", b"onReceive"} <= texts
    assert b"ownMethod" not in texts


def test_manifests_declare_the_components_of_the_code() -> None:
    above = {"LBase;": "Landroid/app/Activity;", "LMain;": "LBase;", "LRound;": "LRound;",
             "LPlain;": "Ljava/lang/Object;", "LWork;": "Landroid/app/Service;"}  # fmt: skip
    classes = [kin.kin(name, superclass=parent) for name, parent in above.items()]
    classes.append(kin.kin("LOpen;", superclass="LBase;", flags=kin.PUBLIC | kin.ABSTRACT))
    manifest = components.manifest("org.example.app", [kin.write(classes)])
    (application,) = BinaryXml(BufferSource(manifest)).root.children
    told = {(each.name, each.attributes[0].raw) for each in application.children}
    assert told == {("activity", "Base"), ("activity", "Main"), ("service", "Work")}


def test_an_update_may_change_some_parts_alone() -> None:
    planned = phone_corpus.plans([300_000, 1_000_000], 20, 60_000_000, 7)
    before = {plan.name: plan.parts for plan in planned}
    for plan in phone_corpus.changed(planned, 0.1, 7, most_parts=1):
        assert plan.parts[0] != before[plan.name][0]
        assert plan.parts[1:] == before[plan.name][1:]


def test_gates_of_a_small_phone_are_measured(tmp_path: Path) -> None:
    result = gates.measure(tmp_path, tmp_path / "phone", seed=1, apps=2, gigabytes=0.002, real=False)
    assert result.keys() >= gates.TARGETS.keys()
    assert result.keys() >= gates.MEANING.keys()
    counts, updates = result["counts"], result["updates"]
    assert isinstance(counts, dict)
    assert isinstance(updates, dict)
    assert counts["apps"] == 2
    assert counts["bytes"] > 1_000_000
    assert updates["second"]["reused"] >= updates["first"]["reused"] == 0
