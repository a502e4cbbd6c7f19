"""Gates: the conditions between an entry point and a place in code, by profile and by what servers send."""
