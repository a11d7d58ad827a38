"""Words and rules of a born-digital page that it shows: what a clip hides, or is white on white, is not there."""

from collections.abc import Sequence

import numpy as np

from chitieu.model import Box
from extractors.arrays import Grey
from extractors.pose import Pose
from extractors.rules import Rules
from extractors.text_layer import Word

# Grey levels between print and what it stands on; at 72 dpi a hair line of a small letter still keeps some 60.
LEAST_CONTRAST = 24
# A hair rule in light grey keeps some 15 at 72 dpi; the paper of a drawn page has no noise.
LEAST_RULE_CONTRAST = 6
# Share of a rule that leaves a mark: a dotted one shows less than half of its length.
LEAST_RULE_SHARE = 0.2
# Marks above small letters take less of a word's height.
MARKS_SHARE = 0.5
# Ink may lie this far beside its box or line, in points.
MARGIN_PT = 2.0


def seen_words(words: Sequence[Word], picture: Grey, pose: Pose) -> tuple[Word, ...]:
    """The words that leave a mark on the picture of the page as displayed, a pixel per point."""
    parts = ((word, _part(picture, pose.on_page(_letters_of(word)))) for word in words)
    return tuple(word for word, part in parts if part.size and int(np.ptp(part)) >= LEAST_CONTRAST)


def _letters_of(word: Word) -> Box:
    """Where a word's letters stand, below their marks: of a line that begins overleaf a clip shows the marks alone."""
    box = word.box
    has_letters = not word.turns and any(map(str.isalnum, word.text))
    marks = MARKS_SHARE * box.height if has_letters else 0.0
    return Box(box.left, box.top + marks, box.right, box.bottom)


def seen_rules(rules: Rules, picture: Grey) -> Rules:
    """The rules that leave a mark on the picture of the page as displayed, a pixel per point."""
    across = (rule for rule in rules.across if _is_seen(_part(picture, Box(rule.start, rule.at, rule.end, rule.at))))
    down = (rule for rule in rules.down if _is_seen(_part(picture, Box(rule.at, rule.start, rule.at, rule.end)).T))
    return Rules(tuple(across), tuple(down))


def _is_seen(strip: Grey) -> bool:
    """Whether enough places along a rule, one to a column of the strip, differ from the paper beside it."""
    return strip.size > 0 and float((np.ptp(strip, axis=0) >= LEAST_RULE_CONTRAST).mean()) >= LEAST_RULE_SHARE


def _part(picture: Grey, box: Box) -> Grey:
    top, left = (max(0, int(edge - MARGIN_PT)) for edge in (box.top, box.left))
    return picture[top : int(np.ceil(box.bottom + MARGIN_PT)), left : int(np.ceil(box.right + MARGIN_PT))]
