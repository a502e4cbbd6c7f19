"""Every limit on hostile input, in work units (bytes, nodes, steps), so that results are the same on any machine.

A reader checks a limit at N+1: N is accepted, N+1 ends in a problem record.
"""

MIB = 1 << 20

MAX_ARTEFACT_BYTES = 2048 * MIB
"""Largest artefact that is read, after unwrapping, in bytes."""
MAX_DEPTH = 64
"""Deepest nesting of containers, counted in locator steps."""
MAX_MEMBERS = 1_000_000
"""Most members read from one container."""
MAX_EXPANSION_RATIO = 1100
"""Largest ratio of a member's unpacked to packed bytes; deflate itself cannot pass 1032."""
MAX_EXPANDED_BYTES = 8192 * MIB
"""Most bytes unpacked from one exhibit, counted over all containers inside it."""
MAX_CONTAINER_RATIO = 100
"""Most unpacked bytes of one container, as a multiple of its own size, above `FREE_EXPANSION_BYTES`."""
FREE_EXPANSION_BYTES = 256 * MIB
"""Unpacked bytes of one container below which `MAX_CONTAINER_RATIO` is not applied."""
MAX_JSON_DEPTH = 256
"""Deepest nesting read in JSON, XML and other structured text."""
MAX_STRUCTURE_NODES = 20_000_000
"""Most nodes read from one structured document."""
MAX_TEXT_BYTES = 512 * MIB
"""Largest text, CSV, JSON or XML document that is parsed, in bytes."""
