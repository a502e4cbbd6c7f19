"""Control flow of methods, on demand: blocks, edges, loops, dominators, register types, and where values come from."""
