"""A file as viewers show it: what programs lay over pages made part of them, the tree of pages without holes.

Offices sign digitally: their programs put the number, the date and `Ký bởi …` over the page as appearances of
signature fields, which belong neither to the page's text nor to its picture.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf

# They show nothing of their own.
_INVISIBLE = ("/Link", "/Popup")


@contextmanager
def with_annotations(path: Path, page_count: int) -> Iterator[Path]:
    """Yield a file whose pages hold what their annotations show; the file itself where they show nothing.

    Where the tree of pages has holes (`page_count` with them), readers number the pages differently: such a file is
    written anew without them.
    What qpdf cannot open is left to whoever reads it.
    """
    with tempfile.TemporaryDirectory(prefix="chitieu-") as folder:
        yield _flattened(path, page_count, Path(folder)) or path


def _flattened(path: Path, page_count: int, folder: Path) -> Path | None:
    try:
        with pikepdf.open(path) as pdf:
            shows = any(_shows_annotations(page) for page in pdf.pages)
            if not shows and page_count == len(pdf.pages):
                return None
            if shows:
                pdf.flatten_annotations("screen")
            pdf.save(folder / "shown.pdf")
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return None
    return folder / "shown.pdf"


def _shows_annotations(page: pikepdf.Page) -> bool:
    annotations = page.obj.get("/Annots")
    if not isinstance(annotations, pikepdf.Array):
        return False
    return any(
        isinstance(one, pikepdf.Dictionary) and "/AP" in one and one.get("/Subtype") not in _INVISIBLE
        for one in annotations
    )
