"""The words that documents are made of: own lists, and those that the software knows."""

import csv
import random
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
KNOWN = Path(__file__).resolve().parents[2] / "normalizers" / "data"


class Stock(StrEnum):
    """Which lists a document is made of: those to tune on, or those of the frozen set."""

    DEVELOPMENT = "development"
    EVALUATION = "evaluation"


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit as printed, with the span of plausible targets in it."""

    key: str
    printed: str
    low: float
    high: float
    decimals: int
    kind: str


@dataclass(frozen=True, slots=True)
class Topic:
    """What a row is about; `falls` where less is better, `target` where a real decision gives the value in words."""

    name: str
    measure: Measure
    falls: bool
    target: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text for some use in a document; `period` where it names one (several: `;` between, as in the text)."""

    text: str
    period: str


@dataclass(frozen=True, slots=True)
class Task:
    """A row of a table that holds no indicators."""

    task: str
    body: str
    time: str
    product: str


@dataclass(frozen=True, slots=True)
class Province:
    """`full` as `tỉnh Cao Bằng` or `thành phố Huế`."""

    short: str
    full: str


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def lines(stock: Stock, name: str) -> tuple[str, ...]:
    """The lines of a list, without comments."""
    text = (DATA / stock / name).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def wordings(stock: Stock, use: str) -> tuple[Wording, ...]:
    """The texts for a use in listed order; `-` stands for none."""
    rows = _rows(DATA / stock / "wording.csv")
    found = tuple(Wording(row["text"].removeprefix("-"), row["period"]) for row in rows if row["use"] == use)
    if not found:
        raise ValueError(f"no wording for {use} in the stock {stock}")
    return found


def words(stock: Stock, use: str) -> tuple[str, ...]:
    """The texts alone for a use."""
    return tuple(wording.text for wording in wordings(stock, use))


@cache
def tasks(stock: Stock) -> tuple[Task, ...]:
    return tuple(Task(**row) for row in _rows(DATA / stock / "tasks.csv"))


@cache
def measures() -> dict[str, Measure]:
    """All units; those that only the evaluation stock uses stand in a file of its own."""
    rows = [*_rows(DATA / Stock.EVALUATION / "measures.csv"), *_rows(DATA / "measures.csv")]
    return {row["key"]: _measure(row) for row in rows}


def _measure(row: dict[str, str]) -> Measure:
    low, high = float(row["low"]), float(row["high"])
    return Measure(row["key"], row["printed"], low, high, int(row["decimals"]), row["kind"])


@cache
def topics(stock: Stock) -> tuple[Topic, ...]:
    """Own topics first, then, to tune on, the ones that the software knows; none twice."""
    own = tuple(_own_topics(stock))
    known = own if stock is Stock.EVALUATION else (*own, *_listed_topics(), *_national_topics())
    return tuple({topic.name.casefold(): topic for topic in reversed(known)}.values())


def _own_topics(stock: Stock) -> list[Topic]:
    rows = _rows(DATA / stock / "indicators.csv")
    return [Topic(row["name"], measures()[row["unit"]], row["direction"] == "down") for row in rows]


def _listed_topics() -> list[Topic]:
    """The names and variants of the software's own list; abbreviations and patterns with `...` are no row's text."""
    listed = {row["key"] for row in _rows(DATA / "measures.csv")}
    found: list[Topic] = []
    for row in _rows(KNOWN / "indicators.csv"):
        names = [row["name_vi"], *row["variants"].split(";")]
        if row["default_unit"] in listed and "group" not in row["value_kind"]:
            measure = measures()[row["default_unit"]]
            found += [
                Topic(name[0].upper() + name[1:], measure, row["direction"] == "down")
                for name in names
                if _is_wording(name)
            ]
    return found


def _is_wording(name: str) -> bool:
    return len(name.split()) >= 3 and "..." not in name and "/" not in name


def _national_topics() -> list[Topic]:
    """The rows of Nghị quyết 03/NQ-CP whose target is in words."""
    rows = _rows(KNOWN / "nq03_cp_phuluc1.csv")
    in_words = [row for row in rows if row["ket_qua"] and not any(letter.isdigit() for letter in row["ket_qua"])]
    return [Topic(row["chi_tieu"], measures()["qualitative"], falls=False, target=row["ket_qua"]) for row in in_words]


@cache
def provinces() -> tuple[Province, ...]:
    rows = _rows(KNOWN / "provinces_2025.csv")
    names = {row["new_short"]: row["new_name"] for row in rows}
    return tuple(Province(short, full[0].lower() + full[1:]) for short, full in names.items())


@cache
def agencies(stock: Stock) -> tuple[str, ...]:
    """Bodies of a province that a table may name: the stock's own, else those that the software knows."""
    own = lines(stock, "agencies.txt")
    if own:
        return own
    kinds = ("dept", "office", "police", "military", "insurance", "stat", "board")
    rows = [row for row in _rows(KNOWN / "agencies.csv") if row["kind"] in kinds and row["level"] == "province"]
    return tuple(row["full_vi"] for row in rows)


def pick_weighted(chance: random.Random, weights: dict[str, int]) -> str:
    """One of the names, as often as its weight says."""
    return chance.choices(list(weights), weights=list(weights.values()))[0]
