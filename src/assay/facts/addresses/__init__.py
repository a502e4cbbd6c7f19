"""Which network addresses does an artefact carry? Carried is not contacted.

One module a carrier, each an analyser; `written` and `hosts` say what counts as an address in a text.
"""
