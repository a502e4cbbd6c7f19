"""How plausible a decoded text is in a legacy encoding: by the characters that texts in it are made of.

The common characters of East Asian encodings are the level 1 sets of their standards: GB 2312 rows 16–55,
Big5 A440–C67E, JIS X 0208 kana and rows 16–47, KS X 1001 rows 16–40. The most frequent ones are a short list each.
"""

import re
from functools import cache

MULTI_BYTE = ("gb18030", "big5", "cp932", "euc_jp", "cp949")
SINGLE_BYTE = ("cp1251", "cp1252", "cp1250", "cp1253", "cp1254")

_LETTERS = {
    "cp1251": "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁІЇЄҐЎ",
    "cp1252": "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝœŒ",
    "cp1250": "áâăäĺćçčéęëěíîďđńňóôőöřůúűüýţłľśšşťźžżÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖŘŮÚŰÜÝŢŁĽŚŠŞŤŹŽŻß",
    "cp1253": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏ",
    "cp1254": "ğışçöüĞİŞÇÖÜâîû",
}
_OWN_ALPHABET = frozenset({"cp1251", "cp1253"})
_VOWELS = frozenset("аеёиоуыэюяіїє" + "αεηιουωάέήίόύώϊϋ")
_SIGNS = "“”‘’–—…€«»°·№§©®™•"

_FREQUENT = {
    "gb18030": """
        的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里
        用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实
        日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政
        美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员
        解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件
        计管期市直德资命山金指克许统区保至队形社便空决治展马科
    """,
    "big5": """
        的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作里
        用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實
        日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政
        美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員
        解水名真論處走義各入幾口認條平系氣題活爾更
    """,
    "cp949": """
        이다는을가의에고지한하은사도로기나를인리어자서시그대아라들일것만있보해수정해과으면여장전상부스제주구
        원게오모조성우비마소안동공신국무유문미방경당말생물진연세안선학관중실회음되화개간외까네요내데들위와러
        람때민트드니두
    """,
}
_WORD = re.compile(r"[^\W\d_]+")
_WHITE = frozenset(" \n")
_KANA = "".join(map(chr, range(0x3041, 0x30FF)))


def plausibility(text: str, codec: str) -> float:
    """Return the share of common characters among those above 0x7f, plus the share of the most frequent ones.

    0 to 2; 0 for a text without such characters.
    """
    high = [char for char in text if char > "\x7f"]
    if not high:
        return 0.0
    common, frequent = _sets(codec)
    share = sum(1 for char in high if char in common) / len(high)
    often = sum(1 for char in high if char in frequent) / len(high)
    return share + often if codec in MULTI_BYTE else share * _orderly(text, codec) + _single_bonus(codec, often)


def _single_bonus(codec: str, often: float) -> float:
    """Return what lower-case letters of an alphabet of its own say; accents among Latin letters say less."""
    return 0.5 * often if codec in _OWN_ALPHABET else 0.1 * often


@cache
def _sets(codec: str) -> tuple[frozenset[str], frozenset[str]]:
    if codec in SINGLE_BYTE:
        letters = _LETTERS[codec]
        return frozenset(letters + _SIGNS), frozenset(char for char in letters if char.islower())
    return frozenset(_level_one(codec) | _wide_signs()), frozenset(_FREQUENT.get(codec, _KANA)) - _WHITE


def _level_one(codec: str) -> set[str]:
    if codec == "big5":
        return _characters("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    if codec == "cp949":
        return _characters("euc_kr", range(0xB0, 0xC9), range(0xA1, 0xFF))
    if codec == "gb18030":
        return _characters("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))
    return _characters("euc_jp", range(0xB0, 0xD0), range(0xA1, 0xFF)) | set(_KANA)


def _characters(codec: str, leads: range, trails: range | tuple[int, ...]) -> set[str]:
    pairs = (bytes((lead, trail)).decode(codec, "ignore") for lead in leads for trail in trails)
    return {char for char in pairs if len(char) == 1}


def _wide_signs() -> set[str]:
    return {chr(code) for code in (*range(0x3000, 0x3020), *range(0xFF01, 0xFF5F))} | set(_SIGNS)


def _orderly(text: str, codec: str) -> float:
    """Return the share of letters above 0x7f that stand in words as the alphabet has them.

    Cyrillic and Greek words are of their own letters alone, with vowels and consonants, and have no capital behind a
    small letter. Words with accented Latin letters have at least as many plain ones.
    """
    well_formed = _is_own_word if codec in _OWN_ALPHABET else _is_accented_word
    good = total = 0
    for word in _WORD.findall(text):
        letters = sum(1 for char in word if char > "\x7f")
        total += letters
        good += letters if letters and well_formed(word) else 0
    return good / total if total else 1.0


def _is_own_word(word: str) -> bool:
    if any(char <= "\x7f" for char in word):
        return False
    if len(word) > 2 and not 0.2 <= sum(1 for char in word.lower() if char in _VOWELS) / len(word) <= 0.8:
        return False
    return word.isupper() or word[1:].islower() or len(word) == 1


def _is_accented_word(word: str) -> bool:
    plain = sum(1 for char in word if char <= "\x7f")
    return 2 * plain >= len(word) and (word.isupper() or word[1:].islower() or len(word) == 1)
