"""Where the rules of a table are blanked so that its print can be read, and what is left of them beside."""

from chitieu.model import Box
from extractors import tracks
from extractors.blobs import Blob
from extractors.grid import Grid
from extractors.rules import Rule, Rules

# Half the thickness of the band that is blanked along a rule.
RULE_BAND_PT = 1.2
# Remnants of rules lie this near to the border of a cell and are this thin (a dash is thin, but further inside).
RULE_REST_EM, THIN_EM = 0.22, 0.13
# An upright letter or digit (`l`, `I`, `1`) is so high, stands on its word's line and is so near to the next letter.
LETTER_EM, NEXT_LETTER_EM, SAME_LINE_EM = (0.35, 1.1), 0.13, 0.08
# Dashes and strokes of letters are shorter than a stroke of a rule, which may waver and be thick for small print.
LONG_EM, THICK_EM = 2.0, 0.2


def rule_bands(found: Rules, grids: tuple[Grid, ...]) -> list[Box]:
    """Bands along the rules where they bound cells; other strokes may be print and are left alone."""
    half, reach = RULE_BAND_PT, tracks.MEETING_PT
    bands = []
    for box in (cell.box for table in grids for cell in table.cells):
        for rule in _along(found.across, (box.top, box.bottom), box.left, box.right):
            left, right = max(rule.start, box.left - reach), min(rule.end, box.right + reach)
            bands.append(Box(left, rule.at - half, right, rule.at + half))
        for rule in _along(found.down, (box.left, box.right), box.top, box.bottom):
            top, bottom = max(rule.start, box.top - reach), min(rule.end, box.bottom + reach)
            bands.append(Box(rule.at - half, top, rule.at + half, bottom))
    return list(dict.fromkeys(bands))


def _along(found: tuple[Rule, ...], sides: tuple[float, float], start: float, end: float) -> list[Rule]:
    """The rules that lie on one of two sides of a cell."""
    return [
        rule
        for rule in found
        if rule.start < end and rule.end > start and any(abs(rule.at - side) < tracks.MIN_TRACK_PT for side in sides)
    ]


def without_rests(blobs: list[Blob], box: tuple[int, int, int, int], em: float, track: float) -> list[Blob]:
    """The blobs of a cell that are print: a narrow letter at the border is told from a rule's rest by its word."""
    rests = {blob for blob in blobs if is_rule_rest(blob, box, em, track) or _is_corner_rest(blob, box, em, track)}
    letters = [blob for blob in blobs if blob not in rests]
    return [blob for blob in blobs if blob not in rests or _begins_or_ends_word(blob, letters, em)]


def _is_corner_rest(blob: Blob, box: tuple[int, int, int, int], em: float, track: float) -> bool:
    """What is left of the inner rules of a double border: a thin stroke along two borders that meet or more."""
    left, top, right, bottom = box
    is_near = min(blob.left - left, right - blob.right) < track and min(blob.top - top, bottom - blob.bottom) < track
    is_long = max(blob.width, blob.height) >= LONG_EM * em
    return is_near and is_long and blob.area <= THIN_EM * em * (blob.width + blob.height)


def _begins_or_ends_word(rest: Blob, letters: list[Blob], em: float) -> bool:
    low, high = (share * em for share in LETTER_EM)
    if rest.width > rest.height or not low <= rest.height <= high:
        return False
    return any(
        low <= letter.height <= high
        and abs(letter.bottom - rest.bottom) <= SAME_LINE_EM * em
        and max(letter.left - rest.right, rest.left - letter.right) <= NEXT_LETTER_EM * em
        for letter in letters
    )


def is_rule_rest(ink: Blob | Box, box: tuple[float, float, float, float], em: float, track: float) -> bool:
    """What is left of a thick, wavering or double rule beside the band that was blanked: flat ink along a border.

    `track` is tracks.MIN_TRACK_PT in the unit of the others: strokes nearer to a border than that are its second rule.
    """
    left, top, right, bottom = box
    is_long = max(ink.width, ink.height) >= LONG_EM * em
    near, thin = (track, THICK_EM * em) if is_long else (RULE_REST_EM * em, THIN_EM * em)
    is_flat = ink.height <= thin and ink.width >= 2 * ink.height
    is_upright = ink.width <= thin and ink.height >= 2 * ink.width
    return (is_flat and min(ink.bottom - top, bottom - ink.top) < near) or (
        is_upright and min(ink.right - left, right - ink.left) < near
    )
