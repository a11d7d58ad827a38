"""Other marks on a letter, where ink and language are weighed together.

Of letters read right the reader mostly gives other marks a chance of one in a hundred thousand, of letters read wrong
one in a thousand; what the language prefers tells the two apart where the reader alone cannot. Measured on 13,690 rows
of 240 scans (office, fax, bad): where another spelling is beyond doubt and has a chance of one in a thousand it was
what is printed 42 times in 42.
"""

from collections.abc import Iterator
from math import log

from chitieu.model import Reading, Rival
from normalizers.mended import Mended, respelled
from normalizers.readers import FIRST_READER
from normalizers.tones import place_tone
from normalizers.wording import PUNCTUATION, Word, advantage, is_respelling, words_of

# The logarithm of how much better a spelling fits from which on it is the printed one, where the ink gives it a chance.
MENDED_ADVANTAGE, MENDED_CHANCE = 5.0, 5e-4
# It is doubted where that logarithm and this share of the chance's come to so much.
INK_SHARE, DOUBTED_SUM = 0.5, 0.75
# What the language would have otherwise up to here, and no ink speaks for, is no doubt.
INKLESS_ADVANTAGE = 5.0


def mend_by_marks(field: str, mended: Mended, reading: Reading) -> Mended:
    """Words with other marks where the language leaves no doubt and the ink allows it."""
    for _ in reading.mark_rivals:
        found = next(_options(mended.text, reading), None)
        if found is None:
            break
        word, instead = found
        mended = respelled(
            mended, word, instead, field, f"the ink allows {instead}, and {word.text} hardly stands here"
        )
    return mended


def _options(text: str, reading: Reading) -> Iterator[tuple[Word, str]]:
    for word, instead, chance in _likelier(text, reading):
        if chance >= MENDED_CHANCE and advantage(word, instead) >= MENDED_ADVANTAGE and word.neighbours == 2:
            yield word, instead


def doubted_marks(text: str, reading: Reading) -> tuple[tuple[str, str], ...]:
    """The words of which ink and language together speak for other marks, with the other spelling."""
    found = {}
    for word, instead, chance in _likelier(text, reading):
        if advantage(word, instead) + INK_SHARE * log(chance) >= DOUBTED_SUM:
            found[word.text] = instead
    return tuple(found.items())


def is_without_ink(text: str, read: str, instead: str, reading: Reading) -> bool:
    """Whether the language alone would have a word of a text otherwise, not beyond doubt, and no model sees it so.

    Both models have read it as it stands.
    """
    if reading.engine != FIRST_READER or reading.witness is None:
        return False
    is_open = all(advantage(word, instead) < INKLESS_ADVANTAGE for word in words_of(text) if word.text == read)
    is_seen = all(any(word.text == read for word in words_of(seen)) for seen in (reading.text, reading.witness))
    return is_open and is_seen and all(rival.read.strip(PUNCTUATION) != read for rival in reading.mark_rivals)


def _likelier(text: str, reading: Reading) -> Iterator[tuple[Word, str, float]]:
    """The words with what else the ink allows there, and with what chance, where the language prefers that."""
    return ((word, other, chance) for word, other, chance in _allowed(text, reading) if advantage(word, other) > 0)


def allowed_words(text: str, reading: Reading) -> Iterator[tuple[Word, str]]:
    """The words in small letters with each spelling that the ink allows instead."""
    return ((word, instead) for word, instead, _ in _allowed(text, reading))


def _allowed(text: str, reading: Reading) -> Iterator[tuple[Word, str, float]]:
    rivals: dict[str, list[Rival]] = {}
    for rival in reading.mark_rivals:
        rivals.setdefault(rival.read.strip(PUNCTUATION), []).append(rival)
    for word in words_of(text) if rivals else ():
        if word.neighbours and word.text.islower():
            for rival in rivals.get(word.text, ()):
                instead = rival.instead.strip(PUNCTUATION)
                if is_respelling(word.text, instead) and place_tone(instead) == instead:
                    yield word, instead, rival.probability
