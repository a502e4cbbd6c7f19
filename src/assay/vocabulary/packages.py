"""Facts of installed packages: who made them, what they ask for, what they open to others."""

from typing import Annotated

from assay.vocabulary.fact import Column, Fact


class Package(Fact, frozen=True, kw_only=True):
    """An application package, from the binary manifest of an APK."""

    package: Annotated[str, Column("package name, manifest/@package")]
    version_name: Annotated[str, Column("versionName, resolved; empty where absent")]
    version_code: Annotated[int, Column("versionCode with versionCodeMajor in the upper 32 bits")]
    label: Annotated[str, Column("application label in the default configuration; empty where absent")]
    min_sdk: Annotated[int | None, Column("minSdkVersion", "API level")]
    target_sdk: Annotated[int | None, Column("targetSdkVersion", "API level")]
    shared_uid: Annotated[str, Column("sharedUserId; empty where absent")]
    debuggable: Annotated[bool, Column("application/@debuggable")]
    cleartext: Annotated[bool | None, Column("application/@usesCleartextTraffic; null where not stated")]
    backup: Annotated[bool | None, Column("application/@allowBackup; null where not stated")]
    split: Annotated[str, Column("name of the split; empty for a base APK")]
    dex_files: Annotated[int, Column("classesN.dex in the archive", "files")]
    config_for_split: Annotated[str, Column("configForSplit: the split it configures; empty for the base or none")] = ""
    feature_split: Annotated[bool, Column("isFeatureSplit: the split is a feature of its own")] = False
    uses_splits: Annotated[tuple[str, ...], Column("uses-split: splits that must be there too, sorted")] = ()


class Signer(Fact, frozen=True, kw_only=True):
    """One signer of a package under one signature scheme."""

    package: Annotated[str, Column("package name")]
    scheme: Annotated[str, Column("v1, v2, v3, v3.1 or source stamp")]
    certificate_sha256: Annotated[str, Column("sha256 of the certificate's DER bytes")]
    subject: Annotated[str, Column("subject, RFC 4514")]
    not_before: Annotated[str, Column("start of validity, RFC 3339 UTC")]
    not_after: Annotated[str, Column("end of validity, RFC 3339 UTC")]
    key: Annotated[str, Column("key type and size, e.g. RSA 2048")]
    verified: Annotated[str, Column("verified, failed or not examined: signature over the content")]
    test_key: Annotated[str, Column("name of the public test key it equals; empty where none")]
    reason: Annotated[str, Column("why it failed or was not examined; empty where verified")] = ""


class Permission(Fact, frozen=True, kw_only=True):
    """A permission that a package uses or defines."""

    package: Annotated[str, Column("package name")]
    permission: Annotated[str, Column("permission name")]
    role: Annotated[str, Column("uses or defines")]
    protection: Annotated[str, Column("protectionLevel of a defined permission; empty otherwise")]


class Component(Fact, frozen=True, kw_only=True):
    """An activity, service, receiver or provider of a package."""

    package: Annotated[str, Column("package name")]
    kind: Annotated[str, Column("activity, activity-alias, service, receiver or provider")]
    name: Annotated[str, Column("class name, fully qualified")]
    exported: Annotated[bool, Column("stated, or as Android implies it: filter below API level 31, provider below 17")]
    permission: Annotated[str, Column("permission a caller needs; of a provider also read=… and write=…; empty: none")]
    actions: Annotated[tuple[str, ...], Column("actions of its intent filters, sorted")]
    authorities: Annotated[tuple[str, ...], Column("authorities of a provider, sorted")]


class NetworkPolicy(Fact, frozen=True, kw_only=True):
    """One domain rule of a network security configuration."""

    package: Annotated[str, Column("package name")]
    domain: Annotated[str, Column("domain, or * for the base configuration")]
    subdomains: Annotated[bool, Column("includeSubdomains")]
    cleartext: Annotated[bool | None, Column("cleartextTrafficPermitted; null where not stated")]
    user_certificates: Annotated[bool, Column("certificates installed by the user are trusted, stated or implied")]
    pins: Annotated[int, Column("pinned keys", "keys")]


class ArchiveOddity(Fact, frozen=True, kw_only=True):
    """Something in an archive that a plain build does not produce."""

    oddity: Annotated[str, Column("stable word, e.g. duplicate-name, overlapping-entries, data-before-first-entry")]
    detail: Annotated[str, Column("what was seen, with offsets")]
