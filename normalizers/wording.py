"""How well the words of a text go together, by the pairs of syllables that legal texts use."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from math import log

from normalizers.lexicon import bigram_count, is_syllable, syllable_count
from normalizers.text import clean_line, fold_marks, unknown_words
from normalizers.tones import place_tone

# A spelling is preferred where legal texts set it so often, and so much more often than what was read.
DECISIVE_COUNT, DECISIVE_FACTOR = 20, 30
# A syllable that legal texts have so seldom is mostly a misprint there too (5,540 printed texts have none like it).
RARE_COUNT = 20
_WORD = re.compile(r"[^\W\d_]+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_QUALITIES = {"a": "\u0302\u0306", "e": "\u0302", "o": "\u0302\u031b", "u": "\u031b", "i": "", "y": ""}

# What stands beside words and is none.
PUNCTUATION = ".,;:()[]\"'“”/-"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, where it stands, and the words beside it; empty where punctuation or a number parts them."""

    text: str
    start: int
    before: str
    after: str

    @property
    def neighbours(self) -> int:
        return bool(self.before) + bool(self.after)


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a line with their neighbours."""
    line = clean_line(text)
    matches = list(_WORD.finditer(line))
    return tuple(
        Word(
            match[0],
            match.start(),
            matches[i - 1][0] if i and line[matches[i - 1].end() : match.start()] == " " else "",
            matches[i + 1][0] if i + 1 < len(matches) and line[match.end() : matches[i + 1].start()] == " " else "",
        )
        for i, match in enumerate(matches)
    )


def words_beside(text: str, other: str) -> dict[int, str]:
    """Where each word of a text starts, and the word that another reading of it has in the same place.

    >>> words_beside("chung cư cũ", "Chung cư cư")
    {0: 'Chung', 6: 'cư', 9: 'cư'}
    """
    mine, theirs = words_of(text), words_of(other)
    own, others = ([fold_marks(word.text.lower()) for word in words] for words in (mine, theirs))
    beside: dict[int, str] = {}
    for _, start, end, from_, to in SequenceMatcher(None, own, others, autojunk=False).get_opcodes():
        if end - start == to - from_:
            beside |= {word.start: found.text for word, found in zip(mine[start:end], theirs[from_:to], strict=True)}
    return beside


def support(word: Word, spelling: str = "") -> int:
    """How often the word (or another spelling of it) stands beside these neighbours in legal texts."""
    text = spelling or word.text
    left = bigram_count(word.before, text) if word.before else 0
    right = bigram_count(text, word.after) if word.after else 0
    return left + right


def weak_words(text: str) -> tuple[Word, ...]:
    """Words in small letters that no legal text sets beside any of their neighbours."""
    return tuple(word for word in words_of(text) if word.neighbours and word.text[1:].islower() and not support(word))


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word that hardly stands beside its neighbours, and its spelling, one mark away, that often does.

    `is_overwhelming`: so much so that two readers who read it alike are doubted too.
    """

    word: Word
    instead: str
    is_overwhelming: bool


@lru_cache(maxsize=4096)
def doubtful_words(text: str) -> tuple[Doubt, ...]:
    """The words of which legal texts decisively prefer another spelling beside the same neighbours."""
    words = (word for word in words_of(text) if word.neighbours and (word.text.islower() or word.text.istitle()))
    return tuple(doubt for doubt in map(_doubt, words) if doubt)


def _doubt(word: Word) -> Doubt | None:
    own = _sides(word, word.text)
    others = {other: _sides(word, other) for other in one_mark_away(word.text.lower())}
    for rule in (_is_overwhelming, _is_preferred):
        better = {other: sum(sides) for other, sides in others.items() if rule(sides, own)}
        if better:
            likely = max(better, key=lambda other: better[other])
            instead = likely.capitalize() if word.text[:1].isupper() else likely
            is_overwhelming = rule is _is_overwhelming or _is_hardly_a_word(word, others[likely], own)
            return Doubt(word, instead, is_overwhelming)
    return None


def _sides(word: Word, spelling: str) -> tuple[int, int]:
    """How often a spelling stands behind the word before, and before the word behind."""
    left = bigram_count(word.before, spelling) if word.before else 0
    return left, bigram_count(spelling, word.after) if word.after else 0


def _is_hardly_a_word(word: Word, sides: tuple[int, int], own: tuple[int, int]) -> bool:
    """`chuấn` is no syllable, or hardly one, and `chuẩn` goes with all that stands beside it."""
    beside = [count for count, neighbour in zip(sides, (word.before, word.after), strict=True) if neighbour]
    if any(own) or not all(beside) or sum(beside) < DECISIVE_COUNT:
        return False
    return syllable_count(word.text.lower()) <= RARE_COUNT


# Measured on 2,258 texts as printed: another spelling is preferred 31 times, overwhelmingly never.
def _is_preferred(sides: tuple[int, int], own: tuple[int, int]) -> bool:
    return is_decisive(sum(sides), sum(own)) or _outweighs_on_one_side(sides, own, 200, 100)


def _is_overwhelming(sides: tuple[int, int], own: tuple[int, int]) -> bool:
    """`có thế mạnh` is none: `có thể` is everywhere, but `thế mạnh` goes together and `thể mạnh` does not."""
    is_better_everywhere = all(mine <= other for mine, other in zip(own, sides, strict=True))
    return is_better_everywhere and sum(sides) >= max(200, 100 * sum(own))


def _outweighs_on_one_side(sides: tuple[int, int], own: tuple[int, int], count: int, factor: int) -> bool:
    return any(other >= max(count, factor * mine) for other, mine in zip(sides, own, strict=True))


def advantage(word: Word, spelling: str) -> float:
    """How much better another spelling fits on both sides together, as a logarithm; below 0 it fits worse.

    `hoạt động đối` is frequent, but `đối mới` is not: after both, `đổi mới` stays.
    """
    beside = (bool(word.before), bool(word.after))
    sides = zip(_sides(word, spelling), _sides(word, word.text), beside, strict=True)
    return sum(log((other + 1) / (own + 1)) for other, own, is_beside in sides if is_beside)


def is_decisive(count: int, own: int) -> bool:
    """Whether a spelling stands so often where another was read, and so much more often, that it is the printed one."""
    return count >= DECISIVE_COUNT and count >= DECISIVE_FACTOR * own


@lru_cache(maxsize=4096)
def reads_well(text: str) -> bool:
    """Whether every word is known and fits at least one of its neighbours."""
    return not unknown_words(text) and not weak_words(text)


@lru_cache(maxsize=4096)
def is_odd(text: str) -> bool:
    """Whether a text deserves a second look: a word that is unknown, fits nowhere, or hardly stands here."""
    return not reads_well(text) or bool(doubtful_words(text))


def better_spelling(word: Word) -> tuple[str, int]:
    """The spelling, one diacritic away, that fits every neighbour best, and how often it does; empty if none does."""
    options = ((spelling, full_support(word, spelling)) for spelling in one_mark_away(word.text.lower()))
    best, count = max(options, key=lambda option: option[1], default=("", 0))
    if not count:
        return "", 0
    return (best[:1].upper() + best[1:] if word.text[:1].isupper() else best), count


@dataclass(frozen=True, slots=True)
class Rival:
    """Words that a second reading has where the first has others, and whether they fit at least as well."""

    text: str
    fits_better: bool


def rival_words(first: str, second: str) -> tuple[Rival, ...]:
    """What a second reading has in other places than the first and what is Vietnamese too."""
    mine, theirs = words_of(first), words_of(second)
    blocks = _replaced([word.text.lower() for word in mine], [word.text.lower() for word in theirs])
    found = ((mine[a:b], theirs[c:d]) for a, b, c, d in blocks)
    return tuple(
        Rival(" ".join(w.text for w in block), _fit(block) >= _fit(own))
        for own, block in found
        if block and all(map(_is_plausible, block))
    )


def _fit(words: tuple[Word, ...]) -> int:
    """How well the least fitting of the words fits; -1 for no words: a word more weighs more than none."""
    return min((support(word) for word in words), default=-1)


@cache
def one_mark_away(word: str) -> tuple[str, ...]:
    """The attested syllables that differ from a word in lower case by the marks of one letter (or `đ` for `d`)."""
    spellings = [
        word[:index] + other + word[index + 1 :]
        for index, letter in enumerate(word)
        for other in _same_base(letter)
        if other != letter
    ]
    found = dict.fromkeys(spelling for spelling in spellings if is_syllable(spelling))
    # Syllables are known wherever their tone mark stands: of `tìêm` and `tiềm` the second is how it is written.
    return tuple(
        spelling for spelling in found if place_tone(spelling) == spelling or place_tone(spelling) not in found
    )


def is_respelling(word: str, other: str) -> bool:
    """Whether two words differ in marks alone and both may be Vietnamese: digits and letters are never respelled."""
    return word != other and fold_marks(word) == fold_marks(other) and is_syllable(other)


def full_support(word: Word, spelling: str) -> int:
    """How often a spelling stands beside these neighbours, where it stands beside each of them; else 0."""
    counts = [bigram_count(word.before, spelling)] if word.before else []
    counts += [bigram_count(spelling, word.after)] if word.after else []
    return sum(counts) if counts and all(counts) else 0


def _same_base(letter: str) -> tuple[str, ...]:
    if letter in "dđ":
        return ("d", "đ")
    base = unicodedata.normalize("NFD", letter)[0]
    if base not in _QUALITIES:
        return ()
    stems = [base] + [base + quality for quality in _QUALITIES[base]]
    return tuple(unicodedata.normalize("NFC", stem + tone) for stem in stems for tone in ("", *_TONES))


def _is_plausible(word: Word) -> bool:
    return is_syllable(word.text) and (support(word) > 0 or not word.neighbours)


def _replaced(mine: list[str], theirs: list[str]) -> list[tuple[int, int, int, int]]:
    """Ranges of `mine` and of `theirs` that stand for each other; `theirs` also for nothing in `mine`."""
    opcodes = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
    return [(a, b, c, d) for tag, a, b, c, d in opcodes if tag in ("replace", "insert")]
