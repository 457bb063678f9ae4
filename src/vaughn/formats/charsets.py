"""Which encoding undeclared bytes are most likely in: every candidate decodes them, the likeliest letters win.

A guess, and told as one (IN008). What makes letters likely: they are among those the languages written in that
encoding use, small letters more than capitals, East Asian text in its own commonest signs. On the made samples of
its test (21 pairs of language and encoding, one or two sentences each) it finds all; two words may not be enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

SAMPLE_BYTES = 32 * 1024
# A capital is less likely than a small letter: this is what tells KOI8-R from Windows-1251.
CAPITAL_SCORE = 0.3
# A candidate must be this much likelier than Windows-1252, which is what most such files are in.
MIN_LEAD = 0.1
# Bytes that are valid as signs of several bytes are seldom so by chance.
STRICT_BONUS = 0.15
# Latin words have no more accented letters in a row than this.
LATIN_RUN = 2

_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ"
_WESTERN = "áéíóúñüàèìòùâêîôûçäößåæøãõëïÿœ’‘“”–—…•§©®°º¿¡«»€£¢½¼¾×÷·±™"
_CENTRAL = "ąćęłńóśźżáčďéěíňřšťúůýžäöüőűăâîșțţşđß„”–—’…§°«»"
_GREEK = "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋ’“”–«»"
_HEBREW = "אבגדהוזחטיכךלמםנןסעפףצץקרשת–’“”₪"
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءآأإؤئًٌٍَُِّْ،؛؟"
_TURKISH = "çğıöşüâîû’“”–"
_BOXES = "─│┌┐└┘├┤┬┴┼═║╒╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡╢╣╤╥╦╧╨╩╪╫╬░▒▓█▄▀■"
# The commonest signs of newspaper text, some sixty each.
_TRADITIONAL = (
    "的一是不了在有人我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作里"
    "用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心本前開但因只從想實日"
    "第請件資關議機關提供據根訊紀錄逾"
)
_SIMPLIFIED = (
    "的一是不了在有人我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日"
    "第请件资关议机关提供据根讯纪录逾"
)
_JAPANESE = (
    "日一国人年大十二本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先"
    "名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨情報公開請求資料会議"
)


class _Script(Enum):
    LATIN = "Latin"  # letters beyond ASCII stand singly among those of ASCII
    OTHER = "other"  # words are of letters beyond ASCII alone
    SIGNS = "signs"  # several bytes a sign


@dataclass(frozen=True, slots=True)
class _Candidate:
    name: str
    script: _Script
    letters: frozenset[str]
    blocks: tuple[tuple[int, int], ...] = ()
    boxes: bool = False


_KANA = ((0x3001, 0x30FF),)
_HANGUL = ((0xAC00, 0xD7A3),)
_CANDIDATES = (
    _Candidate("cp932", _Script.SIGNS, frozenset(_JAPANESE), _KANA),
    _Candidate("euc_jp", _Script.SIGNS, frozenset(_JAPANESE), _KANA),
    _Candidate("big5", _Script.SIGNS, frozenset(_TRADITIONAL + "，。、；：「」（）")),
    _Candidate("gb18030", _Script.SIGNS, frozenset(_SIMPLIFIED + "，。、；：“”（）《》")),
    _Candidate("cp949", _Script.SIGNS, frozenset(), _HANGUL),
    # Before Windows-1251: small Hebrew words are small Russian ones there.
    _Candidate("cp1255", _Script.OTHER, frozenset(_HEBREW)),
    _Candidate("cp1251", _Script.OTHER, frozenset(_RUSSIAN + "«»–—№…“”„’")),
    _Candidate("koi8_r", _Script.OTHER, frozenset(_RUSSIAN), boxes=True),
    _Candidate("cp866", _Script.OTHER, frozenset(_RUSSIAN + "№"), boxes=True),
    _Candidate("cp1253", _Script.OTHER, frozenset(_GREEK)),
    _Candidate("cp1256", _Script.OTHER, frozenset(_ARABIC)),
    _Candidate("cp1250", _Script.LATIN, frozenset(_CENTRAL)),
    _Candidate("iso8859_2", _Script.LATIN, frozenset(_CENTRAL)),
    _Candidate("cp1254", _Script.LATIN, frozenset(_TURKISH)),
    _Candidate("cp437", _Script.LATIN, frozenset(_WESTERN), boxes=True),
    _Candidate("cp850", _Script.LATIN, frozenset(_WESTERN), boxes=True),
    _Candidate("mac_roman", _Script.LATIN, frozenset(_WESTERN)),
)
_USUAL = _Candidate("cp1252", _Script.LATIN, frozenset(_WESTERN))
_BEYOND = re.compile(r"([A-Za-z]?)([^\x00-\x7f\xa0]+)([A-Za-z]?)")


def guessed_encoding(data: bytes) -> str:
    """Return the name of the encoding that *data*, text that is neither ASCII nor UTF-8, is most likely in."""
    sample = data[:SAMPLE_BYTES]
    if b"\x1b$" in sample and sample.isascii():
        return "iso2022_jp"
    best, name = _likelihood(sample, _USUAL) + MIN_LEAD, _USUAL.name
    for candidate in _CANDIDATES:
        likelihood = _likelihood(sample, candidate)
        if likelihood > best:
            best, name = likelihood, candidate.name
    return name


def _likelihood(sample: bytes, candidate: _Candidate) -> float:
    """Return the mean likelihood of the letters beyond ASCII, 1 at best."""
    try:
        text = sample.decode(candidate.name)
    except UnicodeDecodeError as error:
        # A sign of several bytes may be cut off where the sample ends; bytes a code page lacks count against it.
        if candidate.script is _Script.SIGNS and error.start < len(sample) - 4:
            return 0.0
        text = sample.decode(candidate.name, "replace")
    runs = [run for run in _BEYOND.findall(text) if run[1]]
    letters = sum(len(run[1]) for run in runs)
    if not letters:
        return 0.0
    score = sum(_run_score(before, run, after, candidate) for before, run, after in runs) / letters
    return score + (STRICT_BONUS if candidate.script is _Script.SIGNS else 0.0)


def _run_score(before: str, run: str, after: str, candidate: _Candidate) -> float:
    """Return the likelihood of *run*, letters beyond ASCII that follow each other, between ASCII letters or none."""
    if candidate.script is _Script.SIGNS:
        return sum(_sign_score(letter, candidate) for letter in run)
    scores = [_letter_score(letter, candidate) for letter in run]
    if scores[0] == CAPITAL_SCORE and not before:
        scores[0] = 1.0  # the capital a word begins with
    is_word = run.isalpha()
    if candidate.script is _Script.LATIN and is_word and len(run) > LATIN_RUN:
        return -0.5 * len(run)
    if candidate.script is _Script.OTHER and is_word and (before or after):
        return -0.5 * len(run)
    return sum(scores)


def _letter_score(letter: str, candidate: _Candidate) -> float:
    if letter in candidate.letters:
        return 1.0
    if letter in _BOXES:
        return 0.8 if candidate.boxes else -0.5
    return CAPITAL_SCORE if letter.isupper() and letter.lower() in candidate.letters else -0.5


def _sign_score(letter: str, candidate: _Candidate) -> float:
    code = ord(letter)
    if letter in candidate.letters or any(first <= code <= last for first, last in candidate.blocks):
        return 1.0
    # Signs that are not among the commonest; half-width kana and private signs are what wrong decoding gives.
    return 0.5 if 0x4E00 <= code <= 0x9FFF or 0x3000 <= code <= 0x303F or 0xFF01 <= code <= 0xFF5E else -1.0
