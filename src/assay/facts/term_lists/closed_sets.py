"""Closed sets that software carries for its own sake: codes, zones, calendars, colours, names of its formats."""

import re
from collections.abc import Sequence

MOSTLY = 0.7
"""Share of entries in one closed set, or of one such form, from which a list is that set."""

_FORMS = (
    re.compile(r"[a-z]{2}(?:[-_](?:r?[A-Z]{2}|[A-Z][a-z]{3}(?:[-_][A-Z]{2})?|\d{3}))?|[a-z]{2,3}-[a-z]{2}"),  # locales
    re.compile(r"[A-Z]{2,3}|[a-z]{2,3}"),  # countries, currencies, languages
    re.compile(r"(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc|US)/[\w/+-]+"),
    re.compile(r"(?:GMT|UTC)[+-]?\d*(?::\d\d)?.*"),
    re.compile(r"\(?(?:GMT|UTC)[+-].*"),
    re.compile(r"."),  # letters of an alphabet
    re.compile(r"\.\w{1,6}|\*\.\w{1,6}"),  # file extensions
    re.compile(r"\d{1,3} ?[A-Za-z]{1,7}"),  # quantities
    re.compile(r"(?:armeabi|arm64|x86|mips|riscv)[\w-]*"),
)

_SETS = tuple(
    frozenset(members.split())
    for members in (
        """
        january february march april may june july august september october november december jan feb mar apr jun
        jul aug sep sept oct nov dec
        """,
        "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun",
        """
        black white red green blue yellow cyan magenta gray grey orange purple pink brown lime navy teal olive
        maroon silver gold aqua fuchsia violet indigo transparent beige coral crimson ivory khaki lavender salmon
        tan turquoise
        """,
        """
        ok cancel yes no on off open close save delete edit share copy paste cut undo redo search settings help
        about back next previous done add remove send retry none never always default other custom all home exit
        enabled disabled
        """,
        """
        boolean byte char double float int integer long number object short string text date array list map set
        null true false void bytes timestamp uint bool any enum struct
        """,
        "get head post put delete connect options trace patch",
        """
        accept accept-charset accept-encoding accept-language authorization cache-control connection content-
        length content-type cookie date etag expect expires from host if-match if-modified-since if-none-match
        last-modified location origin pragma range referer server set-cookie transfer-encoding user-agent vary via
        warning
        """,
        """
        abstract as assert break case catch class const continue default do else enum export extends final finally
        for function if implements import in instanceof interface let new package private protected public return
        static super switch this throw throws try typeof var void while with yield def elif except from lambda not
        or pass raise
        """,
        """
        select insert update delete create drop alter table index where order group having join union values into
        from
        """,
        """
        north south east west northeast northwest southeast southwest left right top bottom center centre start
        end up down
        """,
        """
        wifi bluetooth nfc gps camera microphone storage location contacts calendar sms phone sensors usb network
        battery audio video image images music file files internet telephony touchscreen accelerometer gyroscope
        barometer compass
        """,
        """
        id name type title url description date time version status value key code label content data path size
        width height x y z lat lng lon icon image color colour email address created updated author message index
        count text
        """,
        "debug info warn warning error fatal verbose trace notice critical silent",
        """
        english french german spanish italian portuguese russian chinese japanese korean arabic hindi turkish
        polish dutch swedish norwegian danish finnish greek czech hungarian romanian thai vietnamese indonesian
        hebrew ukrainian bulgarian croatian slovak slovenian lithuanian latvian estonian malay bengali persian
        catalan
        """,
        """
        afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan bahamas bahrain
        bangladesh barbados belarus belgium belize benin bhutan bolivia botswana brazil bulgaria burundi cambodia
        cameroon canada chad chile china colombia comoros congo croatia cuba cyprus denmark djibouti dominica
        ecuador egypt eritrea estonia ethiopia fiji finland france gabon gambia georgia germany ghana greece
        grenada guatemala guinea guyana haiti honduras hungary iceland india indonesia iran iraq ireland israel
        italy jamaica japan jordan kazakhstan kenya kiribati kuwait kyrgyzstan laos latvia lebanon lesotho liberia
        libya liechtenstein lithuania luxembourg madagascar malawi malaysia maldives mali malta mauritania
        mauritius mexico moldova monaco mongolia montenegro morocco mozambique myanmar namibia nauru nepal
        netherlands nicaragua niger nigeria norway oman pakistan palau panama paraguay peru philippines poland
        portugal qatar romania russia rwanda samoa senegal serbia seychelles singapore slovakia slovenia somalia
        spain sudan suriname sweden switzerland syria taiwan tajikistan tanzania thailand togo tonga tunisia
        turkey turkmenistan tuvalu uganda ukraine uruguay uzbekistan vanuatu venezuela vietnam yemen zambia
        zimbabwe
        """,
    )
)


def is_closed_set(terms: Sequence[str]) -> bool:
    """Say whether most of the entries have one closed form, or stand in one closed set (compared without case)."""
    enough = MOSTLY * len(terms)
    if any(sum(1 for term in terms if form.fullmatch(term)) >= enough for form in _FORMS):
        return True
    folded = [term.casefold() for term in terms]
    return any(sum(1 for term in folded if term in members) >= enough for members in _SETS)
