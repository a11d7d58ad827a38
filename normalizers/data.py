"""The data files beside the code: units, agencies, provinces, indicators, words."""

import csv
import gzip
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "data"


@cache
def read_csv(name: str) -> tuple[dict[str, str], ...]:
    """Rows of a CSV file of normalizers/data, by column name. Read once; do not change the rows."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def read_lines(name: str) -> list[str]:
    """Lines of a text file of normalizers/data, packed (`.gz`) or not."""
    path = FOLDER / name
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return raw.decode("utf-8").splitlines()


def read_words(name: str) -> list[str]:
    """Entries of such a file, one a line; without empty lines and those that begin with `#`."""
    return [line for line in read_lines(name) if line and not line.startswith("#")]


def split_variants(cell: str) -> tuple[str, ...]:
    """The parts of a cell that lists variants with `;` between them."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())
