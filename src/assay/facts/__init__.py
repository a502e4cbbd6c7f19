"""One file an analyser: artefact → rows. Analysers do not know each other."""
