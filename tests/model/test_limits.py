from assay.model import limits

LIMITS = {name: value for name, value in vars(limits).items() if name.isupper()}


def test_every_limit_is_a_positive_number_of_work_units() -> None:
    assert len(LIMITS) > 5
    assert all(type(value) is int and value > 0 for value in LIMITS.values())


def test_deflate_at_its_densest_passes_the_ratio() -> None:
    # zlib's documentation (zlib_tech.html): deflate cannot expand more than 1032 to 1
    assert limits.MAX_EXPANSION_RATIO > 1032


def test_nested_limits_hold_each_other() -> None:
    assert limits.MAX_TEXT_BYTES <= limits.MAX_ARTEFACT_BYTES <= limits.MAX_EXPANDED_BYTES
    assert limits.MAX_DEPTH == 64
