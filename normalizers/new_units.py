"""Units that no catalogue has and that are beyond doubt all the same: plain nouns, counted one by one."""

import re
from functools import cache

from rapidfuzz.distance import Levenshtein

from normalizers.data import read_csv, split_variants
from normalizers.lexicon import is_syllable
from normalizers.text import clean_line, fold_marks, match_key
from normalizers.units import find_unit

# More words are a sentence.
MAX_WORDS = 5
# A lone letter is what is left of a word, or a ditto mark.
LEAST_LETTERS = 2
# Of shorter units many are a letter apart and both right: `thùng`, `tháng`.
LONG = 6
_LETTERS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")


def is_plain_noun(text: str) -> bool:
    """Whether a unit is Vietnamese syllables, none of them a catalogue's unit misread.

    >>> is_plain_noun("Bản tin"), is_plain_noun("Tỷ đống"), is_plain_noun("km3")
    (True, False, False)
    >>> is_plain_noun("a"), is_plain_noun("ỚP")
    (False, False)
    """
    parts = [part.strip() for part in clean_line(text).split("/")]
    return all(_is_plain(part) or find_unit(part) is not None for part in parts) and any(map(_is_plain, parts))


def _is_plain(text: str) -> bool:
    words = text.split()
    if not 1 <= len(words) <= MAX_WORDS or len(text) < LEAST_LETTERS or not _LETTERS.fullmatch(text):
        return False
    return all(is_syllable(word) for word in words) and not _is_near_known(match_key(text))


def _is_near_known(key: str) -> bool:
    """Whether other marks, a lost first or last letter, of a longer one another letter, make a known unit of it."""
    if fold_marks(key) in _known_without_marks() or key in _known_cut():
        return True
    return len(key) >= LONG and any(Levenshtein.distance(key, known, score_cutoff=1) <= 1 for known in _known())


@cache
def _known_without_marks() -> frozenset[str]:
    return frozenset(map(fold_marks, _known()))


@cache
def _known_cut() -> frozenset[str]:
    return frozenset(cut for known in _known() if " " not in known for cut in (known[1:], known[:-1]))


@cache
def _known() -> tuple[str, ...]:
    rows = read_csv("units.csv")
    names = (name for row in rows for name in (row["vi_unit"], *split_variants(row["variants"])))
    return tuple({match_key(name) for name in names if len(match_key(name)) > 2})
