"""Signs that stand alone in a cell, known by their shape: the reader has seen no line of nothing else."""

from collections.abc import Sequence

from extractors.arrays import Grey
from extractors.blobs import SWELLING_PX, Blob

# Dots and the strokes of a ditto mark, as ink: the sides of a full stop are 0.11 em, a ditto mark is 0.24 em high
# (Times, Arial and their kin); a scan at 200 dpi adds a pixel, 0.04 em of small print.
MIN_DOT_EM, MAX_DOT_EM, MIN_DITTO_EM = 0.08, 0.22, 0.19
# Of two dots of one sign neither has more ink than this share more; specks differ.
MAX_DOT_RATIO = 1.5
# Hyphens are 0.25 em wide as ink, dashes 0.5 and 1.0: the limits are the geometric means.
MIN_HYPHEN_EM, MIN_DASH_EM, MIN_LONG_DASH_EM, MAX_DASH_EM = 0.18, 0.36, 0.71, 1.3
MAX_DASH_HEIGHT_EM = 0.14
# Capitals of such fonts are 0.66 to 0.73 em high, their stems 0.09 to 0.16 em wide; a rule's rest is thinner.
# They fill 0.75 and more of their box at 200 dpi, a narrow `1` of 285 fonts 0.59 at most.
BAR_EM, MIN_BAR_WIDTH_EM, MAX_BAR_RATIO, MIN_BAR_FILL = (0.6, 0.82), 0.1, 0.36, 0.72
# 10 points at 200 dpi are 28 pixels. At 150 dpi the flag of a `1` is one pixel or none.
MIN_ROMAN_EM_PX = 27
# Between the strokes of a ditto mark that grew together there is so much of their ink; in a bullet there is more.
VALLEY_SHARE = 0.8


def mark_of(strokes: Sequence[Blob], em: float) -> str:
    """The sign that all ink of a line makes: `"`, `:`, `..`, `-`, `–`, `—`, `I`, `I.`; empty where it may be print."""
    if _is_ditto(strokes, em):
        return '"'
    if roman := _roman_one(strokes, em):
        return roman
    return _dots(strokes, em) or _dash(strokes, em)


def _is_ditto(strokes: Sequence[Blob], em: float) -> bool:
    """Marks of repetition: a letter or `%` is taller, a dash lies, the dots of a colon stand on each other."""
    if not 2 <= len(strokes) <= 4 or max(b.right for b in strokes) - min(b.left for b in strokes) > 0.7 * em:
        return False
    is_upright = all(0.14 * em <= b.height and b.height >= 0.9 * b.width for b in strokes)
    tops, bottoms = [b.top for b in strokes], [b.bottom for b in strokes]
    # Together they are as low as each of them: the pieces of a broken digit are not. Lower ones are full stops.
    return (
        is_upright
        and max(tops) < min(bottoms)
        and MIN_DITTO_EM * em <= max(b.height for b in strokes)
        and max(bottoms) - min(tops) <= 0.45 * em
    )


def _roman_one(strokes: Sequence[Blob], em: float) -> str:
    """`I` or `I.` of a font without serifs: a capital's height, straight and solid; any `1` has a flag or a foot."""
    if em < MIN_ROMAN_EM_PX or not 1 <= len(strokes) <= 2:
        return ""
    bar, *dots = sorted(strokes, key=lambda blob: blob.left)
    low, high = (share * em for share in BAR_EM)
    is_upright = low <= bar.height <= high and MIN_BAR_WIDTH_EM * em <= bar.width <= MAX_BAR_RATIO * bar.height
    is_stopped = all(_is_dot(dot, em) and abs(dot.bottom - bar.bottom) <= 0.08 * em for dot in dots)
    if not (is_upright and is_stopped and bar.area >= MIN_BAR_FILL * bar.width * bar.height):
        return ""
    return "I" + "." * len(dots)


def is_joined_ditto(grey: Grey, em: float) -> bool:
    """Whether the ink of this box, grown together, is the two strokes of a ditto mark: paler between them."""
    height, width = grey.shape
    if not (MIN_DITTO_EM * em <= height <= 0.36 * em and 0.7 * height <= width <= 1.5 * height):
        return False
    darkness = float(grey.max()) - grey.mean(axis=0)
    third = width // 3
    sides = min(darkness[:third].max(), darkness[-third:].max())
    return bool(third and sides > 0 and darkness[third : width - third].min() <= VALLEY_SHARE * sides)


def _dots(strokes: Sequence[Blob], em: float) -> str:
    """`:`, or as many full stops as there are; they are alike, which specks are not."""
    if not 2 <= len(strokes) <= 4 or not all(_is_dot(b, em) for b in strokes):
        return ""
    areas = [b.area for b in strokes]
    if max(areas) > MAX_DOT_RATIO * min(areas):
        return ""
    across = max(b.left for b in strokes) - min(b.left for b in strokes)
    down = max(b.bottom for b in strokes) - min(b.bottom for b in strokes)
    if len(strokes) == 2 and across <= 0.06 * em and 0.2 * em <= down <= 0.6 * em:
        return ":"
    return "." * len(strokes) if down <= 0.06 * em and across <= 0.5 * em * (len(strokes) - 1) else ""


def _is_dot(blob: Blob, em: float) -> bool:
    sides = sorted((blob.width, blob.height))
    return MIN_DOT_EM * em <= sides[0] and sides[1] <= MAX_DOT_EM * em and sides[1] <= 1.5 * sides[0] + 1


def _dash(strokes: Sequence[Blob], em: float) -> str:
    if len(strokes) != 1 or strokes[0].height > MAX_DASH_HEIGHT_EM * em:
        return ""
    width = strokes[0].width / em
    is_long = strokes[0].width - SWELLING_PX >= 2 * (strokes[0].height - SWELLING_PX)
    if not (is_long and MIN_HYPHEN_EM <= width <= MAX_DASH_EM):
        return ""
    return "-" if width < MIN_DASH_EM else "–" if width < MIN_LONG_DASH_EM else "—"
