"""The canonical indicators, as far as the comparison needs them."""

from dataclasses import dataclass

from normalizers.data import read_csv

TARGET_COLUMNS = {
    "2030": "national_target_2030(NQ03/NQ-CP PL I)",
    "2045": "national_target_2045",
}


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A canonical indicator: its Vietnamese name, and the national target by year where there is one."""

    name: str
    targets: dict[str, str]


def read_catalogue() -> dict[str, CatalogueEntry]:
    """The canonical indicators by id, from the word lists of `normalizers`."""
    return {row["id"]: _entry(row) for row in read_csv("indicators.csv")}


def _entry(row: dict[str, str]) -> CatalogueEntry:
    return CatalogueEntry(row["name_vi"], {year: row[column] for year, column in TARGET_COLUMNS.items()})
