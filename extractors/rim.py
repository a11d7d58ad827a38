"""What stands on the rim of a scanned page: no print, for printers and decree 30/2020 leave it free."""

from collections.abc import Sequence

from chitieu.model import Box
from extractors.pose import Pose
from extractors.print_lines import Piece

# No printer prints so near to the paper's edge (4 mm); the shadow of a lid and the next sheet do show there.
RIM_PT = 11.3
# Margins are 15 mm at least (decree 30/2020); a letter alone within 7 is dirt.
LETTER_RIM_PT = 19.8


def off_rim(pieces: Sequence[Piece], width: float, height: float, pose: Pose) -> list[Piece]:
    """The pieces that reach into the part of a page that printers print on, in points.

    `width` and `height` are those of the picture that `pose` set upright. Lone letters near the edge of the page as it
    was scanned are what is left of the scanner's dark rim, and beyond it there is none.
    """
    boxes = [Box(piece.left, piece.top, piece.right, piece.bottom) for piece in pieces]
    return [
        piece
        for piece, box in zip(pieces, boxes, strict=True)
        if not _is_within(box, width, height, RIM_PT)
        and not _is_within(pose.on_page(box), pose.width, pose.height, LETTER_RIM_PT if piece.is_letter else RIM_PT)
    ]


def _is_within(box: Box, width: float, height: float, rim: float) -> bool:
    is_off_sides = box.right > rim and box.left < width - rim
    return not (is_off_sides and box.bottom > rim and box.top < height - rim)
