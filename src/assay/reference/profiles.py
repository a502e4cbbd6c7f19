"""Profiles: the values assumed for gate variables such as market, locale and SIM country."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

import msgspec

from assay.model.errors import UsageError


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """One set of assumed values; `market` and `sim_country` are ISO 3166-1 alpha-2, `locale` is BCP 47."""

    id: str
    market: str
    locale: str
    sim_country: str
    european_union: bool


class _Table(msgspec.Struct, frozen=True):
    profile: tuple[Profile, ...]


@cache
def profiles() -> dict[str, Profile]:
    """Return every profile by id."""
    text = resources.files("assay").joinpath("data/reference/profiles.toml").read_text("utf-8")
    return {profile.id: profile for profile in msgspec.convert(tomllib.loads(text), _Table).profile}


def chosen(names: Sequence[str]) -> tuple[Profile, ...]:
    """Return the profiles of these ids. Raises: UsageError for an unknown one."""
    if unknown := [name for name in names if name not in profiles()]:
        known = ", ".join(sorted(profiles()))
        raise UsageError(f"--profile {unknown[0]}", "there is no such profile", f"Known are: {known}.")
    return tuple(profiles()[name] for name in names)
