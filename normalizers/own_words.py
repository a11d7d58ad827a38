"""Words that another reader has otherwise, as the same document has them beside the same neighbours elsewhere.

Each alone proves little: other engines lose marks, and a document may have two words that differ in one. Together, and
with nothing in the document for what was read, they leave no doubt.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from chitieu.model import Cell, Repair
from normalizers.agreement import seconds_of
from normalizers.consensus import Place
from normalizers.majority import differs_in_marks
from normalizers.mended import Mended, without_settled
from normalizers.text import match_key
from normalizers.wording import Word, words_beside, words_of

Pair = tuple[str, str]
# Other cells that have the word so beside one of its neighbours, two of them counting for both sides.
LEAST_ELSEWHERE = 2


def mend_by_own_words(field: str, cells: Mapping[Place, Cell], texts: Mapping[Place, Mended]) -> dict[Place, Mended]:
    """The texts of a column with such words mended. `cells` are those that were read, of a text layer none."""
    pairs = {place: frozenset(_pairs(text.text)) for place, text in texts.items()}
    counts = Counter(pair for found in pairs.values() for pair in found)
    return {
        place: _mended(field, text, cells[place], counts, pairs[place]) if place in cells else text
        for place, text in texts.items()
    }


def _pairs(text: str) -> Iterable[Pair]:
    return pairwise(match_key(word.text) for word in words_of(text))


def _mended(field: str, mended: Mended, cell: Cell, counts: Counter[Pair], own: frozenset[Pair]) -> Mended:
    elsewhere = Counter({pair: count - (pair in own) for pair, count in counts.items()})
    for _ in words_of(mended.text):
        found = _other_word(mended.text, cell, elsewhere)
        if found is None:
            break
        word, instead = found
        text = mended.text[: word.start] + instead + mended.text[word.start + len(word.text) :]
        repair = Repair(field, mended.text, text, "another reader has it so, and the document elsewhere")
        mended = without_settled(replace(mended, text=text, repairs=(*mended.repairs, repair)))
    return mended


def _other_word(text: str, cell: Cell, elsewhere: Counter[Pair]) -> tuple[Word, str] | None:
    """The first word of a text that another reader has otherwise, as the document has it elsewhere; and that one."""
    others = [words_beside(text, other.text) for other in seconds_of(cell)]
    for word in words_of(text):
        for instead in (other.get(word.start, "") for other in others):
            if not differs_in_marks(word.text, instead) or _count(word, word.text, elsewhere):
                continue
            if _count(word, instead, elsewhere) >= LEAST_ELSEWHERE:
                return word, instead
    return None


def _count(word: Word, spelling: str, elsewhere: Counter[Pair]) -> int:
    left = elsewhere[match_key(word.before), match_key(spelling)] if word.before else 0
    right = elsewhere[match_key(spelling), match_key(word.after)] if word.after else 0
    return left + right
