"""Words that another reader has otherwise, as the same document has them beside the same neighbours elsewhere.

Each alone proves little: other engines lose marks, and a document may have two words that differ in one. Together, and
with nothing in the document for what was read, they leave no doubt.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import pairwise

from chitieu.model import Cell
from normalizers.agreement import seconds_of
from normalizers.consensus import Place
from normalizers.majority import differs_in_marks
from normalizers.mark_rivals import allowed_words
from normalizers.mended import Mended, respelled, without_settled
from normalizers.text import match_key
from normalizers.wording import Word, words_beside, words_of

Pair = tuple[str, str]
# Neighbours in other cells that the word has there too: one on each side in one cell, or one in each of two.
LEAST_ELSEWHERE = 2
# Where no reader has it so and the ink but allows it: on either side so often, and so many times what was read.
LEAST_ON_EACH_SIDE, TIMES_AS_OFTEN = 2, 2


def mend_by_own_words(field: str, cells: Mapping[Place, Cell], texts: Mapping[Place, Mended]) -> dict[Place, Mended]:
    """The texts of a column with such words mended. `cells` are those that were read, of a text layer none."""
    pairs = {place: frozenset(_pairs(text.text)) for place, text in texts.items()}
    counts = Counter(pair for found in pairs.values() for pair in found)
    mended = dict(texts)
    for place, cell in cells.items():
        mended[place] = _mended(field, texts[place], cell, partial(_elsewhere, counts, pairs[place]))
    return mended


def _pairs(text: str) -> Iterable[Pair]:
    return pairwise(match_key(word.text) for word in words_of(text))


def _elsewhere(counts: Counter[Pair], own: frozenset[Pair], pair: Pair) -> int:
    """How many other cells have two words beside each other; `own` are the cell's."""
    return counts[pair] - (pair in own)


def _mended(field: str, mended: Mended, cell: Cell, elsewhere: Callable[[Pair], int]) -> Mended:
    for _ in words_of(mended.text):
        found, why = _other_word(mended.text, cell, elsewhere), "another reader has it so, and the document elsewhere"
        if found is None:
            found, why = (
                _inked_word(mended.text, cell, elsewhere),
                "the ink allows it, and the document has it elsewhere",
            )
        if found is None:
            break
        mended = without_settled(respelled(mended, *found, field, why))
    return mended


def _other_word(text: str, cell: Cell, elsewhere: Callable[[Pair], int]) -> tuple[Word, str] | None:
    """The first word of a text that another reader has otherwise, as the document has it elsewhere; and that one."""
    others = [words_beside(text, other.text) for other in seconds_of(cell)]
    for word in words_of(text):
        for instead in (other.get(word.start, "") for other in others):
            if not differs_in_marks(word.text, instead) or _count(word, word.text, elsewhere):
                continue
            if _count(word, instead, elsewhere) >= LEAST_ELSEWHERE:
                return word, instead
    return None


def _inked_word(text: str, cell: Cell, elsewhere: Callable[[Pair], int]) -> tuple[Word, str] | None:
    """The first word of a text for which the ink allows other marks, with which the document has it elsewhere."""
    for word, instead in allowed_words(text, cell.readings[0]):
        own, other = (_sides(word, spelling, elsewhere) for spelling in (word.text, instead))
        if len(other) == 2 and min(other) >= max(LEAST_ON_EACH_SIDE, TIMES_AS_OFTEN * max(own)):
            return word, instead
    return None


def _sides(word: Word, spelling: str, elsewhere: Callable[[Pair], int]) -> tuple[int, ...]:
    """How often a spelling stands elsewhere behind the word before, and before the word behind, where there is one."""
    before = ((match_key(word.before), match_key(spelling)),) if word.before else ()
    behind = ((match_key(spelling), match_key(word.after)),) if word.after else ()
    return tuple(elsewhere(pair) for pair in (*before, *behind))


def _count(word: Word, spelling: str, elsewhere: Callable[[Pair], int]) -> int:
    return sum(_sides(word, spelling, elsewhere))
