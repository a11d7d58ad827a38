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


def is_rule_rest(blob: Blob, box: tuple[int, int, int, int], em: float) -> bool:
    """What is left of a thick or wavering rule beside the band that was blanked: flat ink along the cell's border."""
    left, top, right, bottom = box
    near, thin = RULE_REST_EM * em, THIN_EM * em
    is_flat = blob.height <= thin and blob.width >= 2 * blob.height
    is_upright = blob.width <= thin and blob.height >= 2 * blob.width
    return (is_flat and min(blob.bottom - top, bottom - blob.top) < near) or (
        is_upright and min(blob.right - left, right - blob.left) < near
    )
