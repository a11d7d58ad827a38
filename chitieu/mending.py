"""A PDF whose structure is wrong, written anew: qpdf's reading of it, which every other reader then agrees with."""

from pathlib import Path

import pikepdf

from chitieu.errors import Damaged


def mend(path: Path, target: Path) -> Path:
    """Write the pages of a PDF into a new one, at `target`. Raises Damaged where no reader can make pages of it."""
    try:
        with pikepdf.open(path, suppress_warnings=True) as broken, pikepdf.new() as sound:
            sound.pages.extend(broken.pages)
            sound.save(target)
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:  # qpdf's other complaints come as these two
        raise Damaged(str(error).removeprefix(f"{path}: ")) from error
    return target
