"""Which bytes of a library are constant data: what is neither changed nor run, but for what sections call tables.

Source: System V Application Binary Interface (gABI), chapters 4 (Special Sections) and 5 (Segment Permissions).
"""

from assay.artefacts.elf_memory import Memory, Section

Regions = list[tuple[int, int]]


def constant_regions(sections: tuple[Section, ...], memory: Memory) -> Regions:
    """Return (offset, length) in bytes of the constant data, in order and none over another.

    Without section headers the tables of the linker are in it, and code where nothing else is read-only.
    """
    size = len(memory.view)
    constant = [(section.offset, section.size) for section in sections if section.constant]
    tables = [(section.offset, section.size) for section in sections if section.loaded and not section.constant]
    plain = [load for load in memory.loads if not load.writable and not load.executable]
    chosen = plain or [load for load in memory.loads if not load.writable and not constant]
    rest = without(merged([(load.offset, load.size) for load in chosen], size), merged(tables, size))
    return merged(constant + rest, size)


def merged(regions: Regions, size: int) -> Regions:
    """Return the parts of regions that lie in a file of `size` bytes, in order, joined where they meet."""
    joined: list[list[int]] = []
    for offset, length in sorted(regions):
        end = min(offset + length, size)
        if joined and offset <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
        elif offset < end:
            joined.append([offset, end])
    return [(start, end - start) for start, end in joined]


def without(regions: Regions, taken: Regions) -> Regions:
    """Return what is left of regions; both are in order, and neither lies over itself."""
    edges = sorted(
        [(at, step) for offset, length in regions for at, step in ((offset, 1), (offset + length, -1))]
        + [(at, step) for offset, length in taken for at, step in ((offset, -2), (offset + length, 2))]
    )
    left, depth, begin = [], 0, 0
    for at, step in edges:
        if depth == 1 and at > begin:
            left.append((begin, at - begin))
        depth, begin = depth + step, at
    return left
