"""The motif scan of one DEX file: every place where text may meet a list, and which of them are worth following."""

import numpy as np

from assay.bytecode.dex import DexFile
from assay.bytecode.sites import motifs, patterns, sql
from assay.bytecode.sites.callables import callables
from assay.bytecode.sites.called import called
from assay.bytecode.sites.calls import calls_of
from assay.bytecode.sites.record import Sites, joined
from assay.bytecode.sites.repeats import repeated
from assay.bytecode.sites.scene import Scene


def sites(dex: DexFile) -> Sites:
    """Return all candidates of a DEX file; definitions are rows of `DexFile.methods`."""
    known = callables(dex)
    calls, loads, written = calls_of(dex, known), sql.loads(dex), patterns.puts(dex)
    references = np.concatenate([calls.references, loads.references, written])
    bodies = np.searchsorted(dex.references.starts, references, "right") - 1
    again = repeated(dex)
    reading = motifs.worth_a_look(dex, known, again)
    scene = Scene(dex, known, np.union1d(bodies, reading), again)
    steps = motifs.sites(scene, reading)
    whole = joined([_without(called(scene, calls, written), steps), sql.sites(scene, loads), steps])
    order = np.lexsort((whole.operator, whole.row, whole.definition))
    return whole.taken(order)


def _without(found: Sites, steps: Sites) -> Sites:
    """Leave out look-ups that are the step of a trie: the motif says more about them."""
    one, other = (each.definition.astype(np.int64) << 32 | each.row for each in (found, steps))
    return found.taken(np.flatnonzero(~np.isin(one, other)))
