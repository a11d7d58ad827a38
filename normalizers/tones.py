"""Where a Vietnamese tone mark stands: one place for every spelling of it."""

import re
import unicodedata
from functools import lru_cache

# grave, acute, tilde, hook above, dot below
TONES = "\u0300\u0301\u0303\u0309\u0323"
_VOWEL = "[aeiouyăâêôơư]"
_SHAPE = re.compile(
    rf"(ngh|ng|nh|ch|gh|gi(?={_VOWEL})|kh|ph|qu(?={_VOWEL})|th|tr|[bcdđghklmnpqrstvx])?"
    rf"({_VOWEL}{{1,3}})(ch|ng|nh|[cmnpt])?"
)
_Y = frozenset("yýỳỹỷỵ")
_I_AFTER = re.compile("[bcdđghklmnprstvx]|ch|gh|kh|ngh?|nh|ph|qu|th|tr")


def place_tone(word: str) -> str:
    """The lower-case word with its tone mark at the old-style place (`hóa`, `thúy`, `toàn`); others unchanged.

    Misplaced marks come right too (`cuả`, `tòan`, `ngừơi`). A word that is no Vietnamese shape, or that
    carries two tone marks, stays as it is.
    """
    bare, tone = _take_tone(word)
    shape = _SHAPE.fullmatch(bare)
    if len(tone) != 1 or shape is None:
        return word
    place = shape.start(2) + _tone_place(shape[2], is_closed=bool(shape[3]))
    return unicodedata.normalize("NFC", bare[: place + 1] + tone + bare[place + 1 :])


def fold_i(word: str) -> str:
    """The lower-case word with `i` for a final `y` after a consonant (`tỷ` → `tỉ`, `quý` → `quí`)."""
    if _Y.isdisjoint(word):
        return word
    bare, _ = _take_tone(word)
    shape = _SHAPE.fullmatch(bare)
    if shape is None or shape[2] != "y" or shape[3] or _I_AFTER.fullmatch(shape[1] or "") is None:
        return word
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).replace("y", "i"))


@lru_cache(maxsize=1 << 17)
def spelling_key(word: str) -> str:
    """The lower-case word as all its spellings have it: its tone mark in one place, `i` for a final `y`."""
    return fold_i(place_tone(word))


def _take_tone(word: str) -> tuple[str, str]:
    """The word without tone marks, and the marks."""
    parts = unicodedata.normalize("NFD", word)
    tone = "".join(char for char in parts if char in TONES)
    bare = "".join(char for char in parts if char not in TONES)
    return unicodedata.normalize("NFC", bare), tone


def _tone_place(vowels: str, *, is_closed: bool) -> int:
    """Index of the vowel that carries the tone."""
    marked = [index for index, vowel in enumerate(vowels) if vowel in "ăâêôơư"]
    if marked:
        return marked[-1]
    if is_closed:
        return len(vowels) - 1
    return 1 if len(vowels) == 3 else 0
