"""Which lists of words, phrases, hosts, packages or digests does an artefact carry, and how large is each?

One module a carrier, each an analyser; `shape` says what counts as a list at all, `rows` what is written down of one.
"""
