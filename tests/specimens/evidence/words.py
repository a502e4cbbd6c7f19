"""The invented lists: guard words in five scripts, brands, phrases. Seeded, so that every run writes the same."""

import random
import unicodedata
from collections.abc import Callable

SEED = 20210914
GUARD_UNIQUE = 431
CANARY = "Velmora lantern march"

PLACES = ("Velmora", "Tarnovell", "Osthela", "Quillmar", "Brenovia", "Saltreach", "Ombravale", "Kestrand")
PHRASES = (
    "Free {}",
    "{} independence",
    "Independence for {}",
    "{} spring",
    "{} democracy movement",
    "The Voice of {}",
    "{} lantern march",
    "The {} five",
    "Remember {} square",
)
CYRILLIC_PLACES = ("Велмора", "Тарновел", "Остела", "Квилмар", "Бреновия")
CYRILLIC_PHRASES = ("{} независимость", "голос {}", "марш фонарей {}", "{} весна")
ARABIC_PLACES = ("فلمورا", "ترنوفل", "اوستيلا", "كويلمار", "برينوفيا")
ARABIC_PHRASES = ("حرية {}", "استقلال {}", "صوت {}")
HAN_PLACES = (
    ("维尔莫拉", "維爾莫拉"),
    ("塔诺维尔", "塔諾維爾"),
    ("欧瑟拉", "歐瑟拉"),
    ("奎尔马", "奎爾馬"),
    ("布雷诺维", "布雷諾維"),
)
HAN_PHRASES = (
    ("{}独立", "{}獨立"),
    ("{}民主运动", "{}民主運動"),
    ("{}之声", "{}之聲"),
    ("{}之春", "{}之春"),
    ("{}灯会", "{}燈會"),
)
HAN_PAIRS: tuple[str, ...] = (
    "云雲",
    "龙龍",
    "门門",
    "东東",
    "风風",
    "车車",
    "马馬",
    "鸟鳥",
    "鱼魚",
    "叶葉",
    "铁鐵",
    "桥橋",
    "纸紙",
    "轮輪",
)
HAN_PAIRS += ("钟鐘", "镜鏡", "灯燈", "锣鑼", "线線", "伞傘")
TIBETAN = ("ལ", "མོ", "ནོར", "ཁ", "ཤིང", "ཆུ", "རི", "ཉི", "མེ", "ས", "ཀ", "པ", "ཏ", "ན")

ONSETS = (
    "b",
    "br",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "r",
    "s",
    "sk",
    "t",
    "v",
    "z",
)
VOWELS = ("a", "e", "i", "o", "u")
CYRILLIC_ONSETS = ("б", "в", "г", "д", "ж", "з", "к", "л", "м", "н", "п", "р", "т", "ф", "х")
CYRILLIC_VOWELS = ("а", "е", "и", "о", "у")
ARABIC_LETTERS = "بتثجحخدذرزسشصطعفقكلمنهي"


def key(entry: str) -> str:
    return unicodedata.normalize("NFKC", entry.strip()).casefold()


def syllables(dice: random.Random, onsets: tuple[str, ...], vowels: tuple[str, ...], count: int) -> str:
    return "".join(dice.choice(onsets) + dice.choice(vowels) for _ in range(count))


def fill(wanted: int, make: Callable[[], str], taken: set[str]) -> list[str]:
    found: list[str] = []
    while len(found) < wanted:
        word = make()
        if key(word) not in taken:
            taken.add(key(word))
            found.append(word)
    return found


def phrases() -> list[str]:
    latin = [phrase.format(place) for phrase in PHRASES for place in PLACES]
    cyrillic = [phrase.format(place) for phrase in CYRILLIC_PHRASES for place in CYRILLIC_PLACES]
    arabic = [phrase.format(place) for phrase in ARABIC_PHRASES for place in ARABIC_PLACES]
    han = [
        form.format(name)
        for phrase in HAN_PHRASES
        for place in HAN_PLACES
        for form, name in zip(phrase, place, strict=True)
    ]
    return list(dict.fromkeys(latin + cyrillic + arabic + han))


def han_pairs(dice: random.Random, wanted: int, taken: set[str]) -> list[str]:
    found: list[str] = []
    while len(found) < wanted:
        pairs = dice.sample(HAN_PAIRS, 3)
        both = ["".join(pair[side] for pair in pairs) for side in (0, 1)]
        if not taken.intersection(both):
            taken.update(both)
            found += both
    return found


def nonsense(dice: random.Random, taken: set[str]) -> list[str]:
    words = fill(20, lambda: syllables(dice, CYRILLIC_ONSETS, CYRILLIC_VOWELS, 3), taken)
    words += fill(15, lambda: "".join(dice.choice(ARABIC_LETTERS) for _ in range(5)), taken)
    words += fill(30, lambda: "་".join(dice.choice(TIBETAN) for _ in range(3)), taken)
    words += han_pairs(dice, 120, taken)
    return words + fill(GUARD_UNIQUE - len(taken), lambda: syllables(dice, ONSETS, VOWELS, 3), taken)


def guard_unique() -> list[str]:
    dice = random.Random(SEED)
    fixed = phrases()
    words = fixed + nonsense(dice, {key(phrase) for phrase in fixed})
    dice.shuffle(words)
    return words


def full_width(word: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in word)


def guard_repeats(words: list[str]) -> list[str]:
    """Return 18 records that fold onto others: 6 equal, 4 padded, 4 in other case, 4 in full width."""
    latin = [word for word in words if word.isascii() and word.islower()]
    padded = [f" {latin[10]}", f"{latin[11]} ", f"\t{latin[12]}", f"  {latin[13]}  "]
    return words[:6] + padded + [word.upper() for word in latin[20:24]] + [full_width(word) for word in latin[30:34]]


def guard_full() -> list[str]:
    """Return the 449 records of version 20210914, 431 of them distinct after trim, NFKC and case folding."""
    words = guard_unique()
    records = words + guard_repeats(words)
    random.Random(SEED + 1).shuffle(records)
    return records


def guard_newer() -> list[str]:
    """Return version 20211115: 12 entries gone, 37 new."""
    dice = random.Random(SEED + 2)
    full = guard_full()
    gone = {key(word) for word in removable(full)[:12]}
    taken = {key(word) for word in full}
    new = fill(37, lambda: syllables(dice, ONSETS, VOWELS, 4), taken)
    return [word for word in full if key(word) not in gone] + new


def removable(records: list[str]) -> list[str]:
    keys = [key(word) for word in records]
    once = [word for word in records if keys.count(key(word)) == 1]
    return [word for word in once if word != CANARY]


def brands() -> list[str]:
    """Return 42 records, 40 of them distinct: two repeat others in another case."""
    dice = random.Random(SEED + 3)

    def name() -> str:
        return syllables(dice, ONSETS, VOWELS, dice.choice((2, 3))).capitalize() + dice.choice(("", "ix", "el"))

    names = fill(40, name, set())
    return [*names[:20], names[3].upper(), *names[20:], names[7].lower()]


EXTRA_PHRASES = (
    "恭喜您获得纸伞大奖",
    "点击领取免费铃声",
    "限时云桥优惠",
    "低价手表今日到货",
    "您的包裹等待确认",
    "马上贷款无需等待",
    "彩灯股票内部消息",
    "回复退订免费",
    "神奇瘦身茶",
    "加倍金币活动",
    "请缴纳包裹费用",
    "铁轮汽车特卖",
    "在家工作日结",
    "高价回收旧钟",
    "赢取新手机",
    "铜锣彩票开奖",
)
