"""Words that the first reader has and none of the others, and that the language does not speak for.

The first reader is the best of them, and right where the words beside speak for it: of 107 words of 19,000 rows that it
alone had so 34 did, all of them printed as read; the language knew 5 others not, and all of these were misread
(`tang trung bình`, `sản xuất công nghiệp (IP)`).
"""

from collections.abc import Sequence
from difflib import SequenceMatcher

from chitieu.model import Flag, FlagKind, Reading
from normalizers.agreement import WITNESS
from normalizers.majority import is_own_opinion
from normalizers.mended import Mended
from normalizers.text import clean_line, is_syllable, match_key
from normalizers.wording import PUNCTUATION, Word, support, words_of


def doubt_lone_words(field: str, mended: Mended, seconds: Sequence[Reading]) -> Mended:
    """The text with a flag for each word that the second model and another engine both have otherwise."""
    witness = [second.text for second in seconds if second.engine == WITNESS]
    engines = [second.text for second in seconds if is_own_opinion(second)]
    if not witness:
        return mended
    known = {word.text: word for word in words_of(mended.text)}
    others = [_beside(mended.text, text) for text in (*witness, *engines)]
    flags = tuple(
        Flag(FlagKind.READERS_DISAGREE, field, f"{token} → {others[0][place]}")
        for place, token in enumerate(clean_line(mended.text).split())
        if all(place in found and not _is_same(found[place], token) for found in others)
        if not _is_spoken_for(token, known)
    )
    return Mended(mended.text, mended.repairs, (*mended.flags, *flags), mended.is_consensus)


def _beside(text: str, other: str) -> dict[int, str]:
    """By the place of each word of a text the one that another reading has there; none where it has more or fewer."""
    mine, theirs = clean_line(text).split(), clean_line(other).split()
    beside: dict[int, str] = {}
    blocks = SequenceMatcher(None, [*map(match_key, mine)], [*map(match_key, theirs)], autojunk=False).get_opcodes()
    for _, start, end, from_, to in blocks:
        if end - start == to - from_:
            beside |= dict(zip(range(start, end), theirs[from_:to], strict=True))
    return beside


def _is_same(one: str, other: str) -> bool:
    return match_key(one.strip(PUNCTUATION)) == match_key(other.strip(PUNCTUATION))


def _is_spoken_for(token: str, known: dict[str, Word]) -> bool:
    word = known.get(token.strip(PUNCTUATION))
    return word is None or (support(word) > 0 and is_syllable(word.text))
