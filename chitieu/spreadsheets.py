"""Workbooks on their way to the disk."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError


@contextmanager
def new_workbook(path: Path, options: Mapping[str, object]) -> Iterator[Workbook]:
    """A workbook that is put together in memory, so that a full disk is met, and said, like with any other file.

    Raises OSError where its parts, or itself, cannot be written; then nothing is left of them.
    """
    with TemporaryDirectory(prefix="chitieu-sheets-") as parts, BytesIO() as whole:
        book = Workbook(whole, {**options, "tmpdir": parts})
        yield book
        try:
            book.close()
        except FileCreateError as error:
            raise OSError(*error.args[0].args) from error
        path.write_bytes(whole.getbuffer())
