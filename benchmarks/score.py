"""Score indicators.csv against the truth: what was found, how exact it is, what is wrong without a sign.

usage: python -m benchmarks.score INDICATORS.csv TRUTH_FOLDER [--only id,id] [--json] [--misses]
"""

import argparse
import csv
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from benchmarks.certain_values import read_certain_value
from benchmarks.folding import fold, fold_agencies
from benchmarks.truth import Target, TrueDocument, read_truth

Row = Mapping[str, str]

# Below this likeness two rows are taken for different ones.
MIN_LIKENESS = 0.45
# The fields that make a row right; the section's title is reported apart.
ROW_FIELDS = ("code", "indicator", "period", "unit", "value", "agency")

_SIGNS = {">=": "≥", "<=": "≤"}


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares of the true rows (recall, spurious, row_exact, silent_error), of the matched ones (the fields), of all
    rows given (flagged: the review load), of the documents with a number (number, date, province).
    """

    truth: int
    predicted: int
    recall: float
    spurious: float
    row_exact: float
    code: float
    indicator: float
    period: float
    unit: float
    value: float
    agency: float
    section: float
    indicator_cer: float
    flagged: float
    silent_error: float
    number: float
    date: float
    province: float


@dataclass(frozen=True, slots=True)
class Miss:
    """A true row that was not found (`fields` empty) or was read wrong: field → (true, given)."""

    document: str
    target: Target
    is_flagged: bool
    fields: Mapping[str, tuple[str, str]]


def _float_or_none(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def is_same_value(target: Target, row: Row) -> bool:
    """Whether the text is that of the target and, where it can be read in one way only, the numbers are too."""
    if fold(row["value_text"]) not in (fold(target.value), fold(target.shown)):
        return False
    certain = read_certain_value(target.value)
    if certain is None:
        return True
    comparator = row["comparator"].strip()
    is_same_comparator = not certain.comparator or _SIGNS.get(comparator, comparator) == certain.comparator
    bounds = (_float_or_none(row["value_low"]), _float_or_none(row["value_high"]))
    return is_same_comparator and bounds == (certain.low, certain.high)


def align(likeness: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pair rows of two lists in order, so that the likeness of the pairs adds up to the most."""
    rows, columns = len(likeness), len(likeness[0]) if likeness else 0
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            paired = best[i + 1][j + 1] + likeness[i][j] if likeness[i][j] >= MIN_LIKENESS else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    pairs, i, j = [], 0, 0
    while i < rows and j < columns:
        if likeness[i][j] >= MIN_LIKENESS and best[i][j] == best[i + 1][j + 1] + likeness[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _likeness(target: Target, row: Row) -> float:
    return 0.8 * fuzz.ratio(fold(target.indicator), fold(row["indicator"])) / 100 + 0.2 * (
        fold(target.code) == fold(row["code"])
    )


def _match(targets: Sequence[Target], rows: Sequence[Row]) -> dict[int, int]:
    """Pair targets with rows, each period by itself; with one period only, rows of any other may be its too."""
    periods = list(dict.fromkeys(target.period for target in targets))
    matched: dict[int, int] = {}
    for period in periods:
        target_numbers = [i for i, target in enumerate(targets) if target.period == period]
        row_numbers = [j for j, row in enumerate(rows) if len(periods) == 1 or row["period"].strip() == period]
        likeness = [[_likeness(targets[i], rows[j]) for j in row_numbers] for i in target_numbers]
        matched |= {target_numbers[a]: row_numbers[b] for a, b in align(likeness)}
    return matched


def _is_flagged(row: Row) -> bool:
    return bool(row["flags"].strip())


def _compare(document: TrueDocument, target: Target, row: Row) -> dict[str, bool]:
    is_same_unit = fold(target.unit) == fold(row["unit"])
    if document.has_unit_in_value and not is_same_unit:
        # with the unit inside the value, a value that is no number need not give one
        is_same_unit = read_certain_value(target.value) is None and not row["unit"].strip()
    return {
        "code": fold(target.code) == fold(row["code"]),
        "indicator": fold(target.indicator) == fold(row["indicator"]),
        "period": target.period == row["period"].strip(),
        "unit": is_same_unit,
        "value": is_same_value(target, row),
        "agency": fold_agencies(target.agency) == fold_agencies(row["agency"]),
        "section": fold(target.section) == fold(row["section"]),
    }


def _count_pair(document: TrueDocument, target: Target, row: Row) -> Counter[str]:
    same = _compare(document, target, row)
    is_right = all(same[field] for field in ROW_FIELDS)
    true_text, given_text = fold(target.indicator), fold(row["indicator"])
    return Counter(
        {f"same_{field}": int(is_same) for field, is_same in same.items()}
        | {
            "matched": 1,
            "right": int(is_right),
            "silent": int(not is_right and not _is_flagged(row)),
            "letters": len(true_text),
            "wrong_letters": Levenshtein.distance(true_text, given_text),
        }
    )


def _is_announced(number: int, matched: Mapping[int, int], rows: Sequence[Row]) -> bool:
    """Whether the row after a hole says `missing_row_before`, or the row before it `missing_row_after`."""
    after = min((i for i in matched if i > number), default=None)
    before = max((i for i in matched if i < number), default=None)
    return (after is not None and "missing_row_before" in rows[matched[after]]["flags"]) or (
        before is not None and "missing_row_after" in rows[matched[before]]["flags"]
    )


def judge_rows(document: TrueDocument, rows: Sequence[Row]) -> list[dict[str, bool] | None]:
    """Of each row given, which fields are right; None where there is no such true row, whatever its period."""
    matched = _match(document.targets, rows)
    targets = [target for target in range(len(document.targets)) if target not in matched]
    rest = [row for row in range(len(rows)) if row not in set(matched.values())]
    likeness = [[_likeness(document.targets[target], rows[row]) for row in rest] for target in targets]
    matched |= {targets[target]: rest[row] for target, row in align(likeness)}
    judged = {row: _compare(document, document.targets[target], rows[row]) for target, row in matched.items()}
    return [judged.get(row) for row in range(len(rows))]


def _count_identity(document: TrueDocument, rows: Sequence[Row]) -> Counter[str]:
    if not document.has_number:
        return Counter()
    return Counter(
        documents=1,
        same_number=int(any(fold(row["document_number"]) == fold(document.number) for row in rows)),
        same_date=int(any(row["document_date"][:10] == document.date for row in rows)),
        same_province=int(any(fold(row["province"]) == fold(document.province) for row in rows)),
    )


def count(document: TrueDocument, rows: Sequence[Row]) -> Counter[str]:
    """Count what is right and wrong in the rows of one document."""
    matched = _match(document.targets, rows)
    spurious = [row for j, row in enumerate(rows) if j not in set(matched.values())]
    missing = [i for i in range(len(document.targets)) if i not in matched]
    unannounced = sum(not _is_announced(i, matched, rows) for i in missing)
    tally = Counter(
        truth=len(document.targets),
        predicted=len(rows),
        spurious=len(spurious),
        flagged=sum(map(_is_flagged, rows)),
        silent=sum(not _is_flagged(row) for row in spurious) + unannounced,
        unannounced=unannounced,
    )
    for i, j in matched.items():
        tally += _count_pair(document, document.targets[i], rows[j])
    return tally + _count_identity(document, rows)


def list_misses(document: TrueDocument, rows: Sequence[Row]) -> Iterator[Miss]:
    """Name every true row that is wrong or not there, in printed order."""
    matched = _match(document.targets, rows)
    for i, target in enumerate(document.targets):
        if i not in matched:
            yield Miss(document.id, target, is_flagged=False, fields={})
            continue
        row = rows[matched[i]]
        same = _compare(document, target, row)
        wrong = [field for field in ROW_FIELDS if not same[field]]
        if wrong:
            given = {"value": "value_text"}
            fields = {field: (str(getattr(target, field)), row[given.get(field, field)]) for field in wrong}
            yield Miss(document.id, target, _is_flagged(row), fields)


def rate(tally: Counter[str]) -> Scores:
    """Turn counts into shares."""
    truth, matched, documents = (max(1, tally[name]) for name in ("truth", "matched", "documents"))
    return Scores(
        truth=tally["truth"],
        predicted=tally["predicted"],
        recall=tally["matched"] / truth,
        spurious=tally["spurious"] / truth,
        row_exact=tally["right"] / truth,
        **{field: tally[f"same_{field}"] / matched for field in (*ROW_FIELDS, "section")},
        indicator_cer=tally["wrong_letters"] / max(1, tally["letters"]),
        flagged=tally["flagged"] / max(1, tally["predicted"]),
        silent_error=tally["silent"] / truth,
        **{field: tally[f"same_{field}"] / documents for field in ("number", "date", "province")},
    )


def read_rows(indicators_csv: Path) -> dict[str, list[Row]]:
    """Read the rows of indicators.csv by the name of their source file, without its ending."""
    rows: dict[str, list[Row]] = {}
    with indicators_csv.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            rows.setdefault(Path(row["source_file"]).stem, []).append(row)
    return rows


def read_truths(folder: Path, only: Collection[str] = ()) -> Iterator[TrueDocument]:
    """Read the true documents of a folder, or those named."""
    for path in sorted(folder.glob("*.json")):
        if not only or path.stem in only:
            yield read_truth(path)


def score(indicators_csv: Path, truth_folder: Path, only: Collection[str] = ()) -> Scores:
    """Score a dataset against the truths of a folder."""
    rows = read_rows(indicators_csv)
    tally: Counter[str] = Counter()
    for document in read_truths(truth_folder, only):
        tally += count(document, rows.get(document.id, []))
    return rate(tally)


def main() -> None:
    """Print the scores, and on request what was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("indicators_csv", type=Path)
    parser.add_argument("truth_folder", type=Path)
    parser.add_argument("--only", default="", help="ids of documents, with commas between")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    only = tuple(filter(None, options.only.split(",")))
    scores = asdict(score(options.indicators_csv, options.truth_folder, only))
    if options.json:
        print(json.dumps(scores))
    else:
        print(
            "  ".join(
                f"{name} {value:.3f}" if isinstance(value, float) else f"{name} {value}"
                for name, value in scores.items()
            )
        )
    if options.misses:
        rows = read_rows(options.indicators_csv)
        for document in read_truths(options.truth_folder, only):
            for miss in list_misses(document, rows.get(document.id, [])):
                print(json.dumps(asdict(miss), ensure_ascii=False))


if __name__ == "__main__":
    main()
