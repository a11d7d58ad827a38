"""What a column says so often that its like are misreadings of it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from chitieu.model import Flag, FlagKind, Repair
from normalizers.agencies import split_agencies
from normalizers.known_phrases import is_known_phrase, known_spelling
from normalizers.mended import Mended, without_settled
from normalizers.text import clean, fold_marks, match_key, unknown_words

# A phrase that stands three times in a column, and three times as often as its like, is what the column says.
MAJORITY_COUNT = 3
MAJORITY_FACTOR = 3
# Two letters of a long phrase; in short ones two letters make another word (`con`, `cơ sở`).
OUTLIER_LETTERS = 2
SHORTEST_REPAIRABLE = 6

Place = tuple[int, int, int]


def agree_in_column(field: str, cells: dict[Place, Mended], layers: set[Place]) -> dict[Place, Mended]:
    """The cells of a column with outliers of its frequent phrases mended or flagged."""
    split: Callable[[str], Iterable[str]] = split_agencies if field != "unit" else lambda text: (text,) if text else ()
    counts = Counter(match_key(part) for mended in cells.values() for part in split(mended.text))
    spelling = {match_key(part): part for mended in cells.values() for part in split(mended.text)}
    return {
        place: mended if place in layers else _agree_cell(field, mended, tuple(split(mended.text)), counts, spelling)
        for place, mended in cells.items()
    }


def _agree_cell(
    field: str, mended: Mended, parts: tuple[str, ...], counts: Counter[str], spelling: dict[str, str]
) -> Mended:
    for part in parts:
        likely = _majority(field, part, counts)
        known = known_spelling(field, part)
        if known:
            mended = _mend_part(field, mended, part, known)
        elif likely:
            mended = _mend_part(field, mended, part, spelling.get(likely, likely))
        elif field != "unit" and (whole := _whole_name(field, part, counts)):
            flag = Flag(FlagKind.UNCERTAIN_REPAIR, field, f"{part} → {spelling[whole]}")
            mended = replace(mended, flags=(*mended.flags, flag))
    is_consensus = bool(parts) and all(counts[match_key(part)] >= MAJORITY_COUNT for part in parts)
    return without_settled(replace(mended, is_consensus=is_consensus))


def _whole_name(field: str, part: str, counts: Counter[str]) -> str:
    """The key of the name that a part is the beginning of and the column has elsewhere: `Văn phòng`."""
    if is_known_phrase(field, part):
        return ""
    own = match_key(part)
    longer = [other for other, count in counts.items() if other.startswith(f"{own} ") and count >= counts[own]]
    return max(longer, key=lambda other: counts[other], default="")


def _majority(field: str, part: str, counts: Counter[str]) -> str:
    """The key of the frequent phrase that an outlier is a misreading of; empty where there is none."""
    key = match_key(part)
    if len(key) < SHORTEST_REPAIRABLE or is_known_phrase(field, part):
        return ""
    frequent = [other for other, count in counts.items() if _outweighs(count, counts[key])]
    near = [other for other in frequent if other != key and _is_near(key, other)]
    return near[0] if len(near) == 1 else ""


def _outweighs(count: int, own: int) -> bool:
    return count >= max(MAJORITY_COUNT, MAJORITY_FACTOR * own)


def _is_near(key: str, other: str) -> bool:
    same_digits = re.findall(r"\d+", key) == re.findall(r"\d+", other)
    return same_digits and Levenshtein.distance(key, other) <= OUTLIER_LETTERS


def _mend_part(field: str, mended: Mended, part: str, likely: str) -> Mended:
    """The part replaced where only marks differ or what was read is no Vietnamese; else flagged."""
    if fold_marks(part) != fold_marks(likely) and not unknown_words(part):
        flag = Flag(FlagKind.UNCERTAIN_REPAIR, field, f"{part} → {likely}")
        return replace(mended, flags=(*mended.flags, flag))
    text = clean(mended.text).replace("\n", " ") if field == "unit" else mended.text
    became = text.replace(part, likely, 1)
    if became == text:
        return replace(mended, flags=(*mended.flags, Flag(FlagKind.UNCERTAIN_REPAIR, field, f"{part} → {likely}")))
    repair = Repair(field, mended.text, became, "an outlier of what the column says")
    return replace(mended, text=became, repairs=(*mended.repairs, repair))
