"""Headers of tables whose columns are known: texts over several columns stand on a level above those they cover."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from extractors.gutters import Gutter
from extractors.print_lines import PrintLine
from extractors.rules import Rule
from extractors.unruled_cells import Row, Text, stacked, texts_of

# Lines of a header cell are set no further apart.
MAX_PITCH_EM = 1.8
# A rule that covers this share of a column lies over it.
COVERED_SHARE = 0.5
SAME_LEVEL_EM = 0.6
# Edges of columns stand in the middle of the white, but the outermost ones at the print.
SAME_MIDDLE_EM = 1.5


def header_rows(lines: Sequence[PrintLine], gutters: Sequence[Gutter], rules: Sequence[Rule]) -> list[Row]:
    """Rows of the header, from top to bottom."""
    em = median([line.em for line in lines])
    edges = [min(line.left for line in lines), *(g.middle for g in gutters), max(line.right for line in lines)]
    texts = _unparted(stacked(texts_of(lines, gutters), MAX_PITCH_EM * em))
    texts = [_spread(text, texts, edges, rules) for text in texts]
    cuts = _cuts(texts)
    levels = [_level(text, cuts) for text in texts]
    rows = []
    for level in range(len(cuts) + 1):
        own = [
            _heightened(text, texts, len(cuts))
            for text, (first, _) in zip(texts, levels, strict=True)
            if (level == 0 if _is_alone(text, texts) else first == level)
        ]
        if own:
            rows.append(Row(tuple(own), is_body=len(texts) == 1, floor=cuts[level] if level < len(cuts) else None))
    return rows


def _unparted(texts: Sequence[Text]) -> list[Text]:
    return sorted(texts, key=lambda text: (text.start, text.first))


def _spread(text: Text, texts: Sequence[Text], edges: Sequence[float], rules: Sequence[Rule]) -> Text:
    """A text over several columns, widened to all those that it covers: by the rule below it, else by its middle."""
    below = [t for t in texts if t is not text and t.start > text.end + SAME_LEVEL_EM * text.em]
    under = [t for t in below if t.first <= text.last and text.first <= t.last]
    if not under:
        return text
    ruled = _ruled_columns(text, min(t.top for t in under), edges, rules)
    if ruled and not _has_company(text, texts, ruled):
        return replace(text, first=min(ruled[0], text.first), last=max(ruled[1], text.last))
    if text.first == text.last:
        return text
    free = _free_columns(text, texts, below, len(edges) - 1)
    spans = [(a, b) for a in free for b in free if a <= text.first and b >= text.last and set(range(a, b + 1)) <= free]
    if not spans:
        return text
    off = {span: abs((edges[span[0]] + edges[span[1] + 1]) / 2 - text.middle) for span in spans}
    # Five columns have the same middle as the three inner ones: over the outer two there would be nothing.
    near = [span for span in spans if off[span] <= min(off.values()) + SAME_MIDDLE_EM * text.em]
    first, last = max(near, key=lambda span: (span[1] - span[0], -off[span]))
    return replace(text, first=first, last=last)


def _has_company(text: Text, texts: Sequence[Text], columns: tuple[int, int]) -> bool:
    """Do other texts stand beside it over the same columns: is the rule under it theirs too?"""
    return any(
        t is not text and t.start <= text.end and t.end >= text.start and t.first <= columns[1] and columns[0] <= t.last
        for t in texts
    )


def _ruled_columns(text: Text, floor: float, edges: Sequence[float], rules: Sequence[Rule]) -> tuple[int, int] | None:
    """First and last column of the rule that parts a text from those beneath it, where it does not run across all."""
    near = [
        r for r in rules if text.end - 0.1 * text.em < r.at < floor + 0.2 * text.em and r.start < text.middle < r.end
    ]
    covered = [
        col
        for col, (left, right) in enumerate(pairwise(edges))
        if any(min(r.end, right) - max(r.start, left) > COVERED_SHARE * (right - left) for r in near)
    ]
    return (covered[0], covered[-1]) if covered and len(covered) < len(edges) - 1 else None


def _free_columns(text: Text, texts: Sequence[Text], below: Sequence[Text], count: int) -> set[int]:
    """Columns with print below the text's level and none on it."""
    beside = [t for t in texts if t is not text and t.start < text.end + SAME_LEVEL_EM * text.em]
    taken = {col for t in beside if t.end > text.start - SAME_LEVEL_EM * text.em for col in range(t.first, t.last + 1)}
    printed = {col for t in below for col in range(t.first, t.last + 1)}
    return (printed & set(range(count))) - taken | set(range(text.first, text.last + 1))


def _cuts(texts: Sequence[Text]) -> list[float]:
    """Lines between the levels: below every text over several columns that has others beneath it."""
    cuts: list[float] = []
    for text in texts:
        tops = [t.top for t in texts if t.start > text.end and t.first <= text.last and text.first <= t.last]
        if text.first < text.last and tops:
            cut = (text.end + 0.22 * text.em + min(tops)) / 2
            if all(abs(cut - other) > SAME_LEVEL_EM * text.em for other in cuts):
                cuts.append(cut)
    return sorted(cuts)


def _level(text: Text, cuts: Sequence[float]) -> tuple[int, int]:
    return sum(cut < text.start - 0.3 * text.em for cut in cuts), sum(cut < text.end - 0.1 * text.em for cut in cuts)


def _is_alone(text: Text, texts: Sequence[Text]) -> bool:
    """Is there no other text over or under this one?"""
    return not any(t is not text and t.first <= text.last and text.first <= t.last for t in texts)


def _heightened(text: Text, texts: Sequence[Text], last_level: int) -> Text:
    """A text with nothing over or under it has the whole height of the header."""
    if _is_alone(text, texts):
        return replace(text, rows=last_level + 1)
    return text
