"""CALIBRATION.md: is the confidence true, and what would a threshold on it change."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.calibration.judging import Choice, Judged, as_flagged, bands_of, brier, choose_besides, choose_by_doubt
from benchmarks.evaluation.report import wilson_bounds
from benchmarks.run import describe_version
from normalizers.confidence import LEAST_CONFIDENCE

REPORT = Path(__file__).resolve().parents[1] / "CALIBRATION.md"
_THRESHOLDS = (0.5, 0.2, 0.1, 0.05, 0.02, 0.01)


def write_report(rows: Sequence[Judged], fitted_on: str, judged_on: str) -> str:
    """Lay out what was found on the documents that the fit did not see as a page of Markdown."""
    qualities = sorted({row.quality for row in rows})
    groups = {quality: [row for row in rows if row.quality == quality] for quality in qualities}
    lines = [
        "# Calibration",
        "",
        f"`make calibrate`, {describe_version()}, {datetime.now(UTC):%Y-%m-%d}. The model: "
        "`normalizers/confidence.py`, its weights: `normalizers/data/confidence.json`, what is weighed: "
        f"`normalizers/field_evidence.py`. Fitted on {fitted_on}; all figures below are of {judged_on}, which the fit "
        "did not see. The scans are careless as those of the [frozen set](evaluation/README.md), of other texts and "
        "fonts. Rows of a document err together: the intervals (95 %, Wilson) are too narrow for that.",
        "",
        "## Is the confidence true?",
        "",
        *_quality_table(groups),
        "",
        "All qualities together, by confidence:",
        "",
        *_band_table(rows),
        "",
        "![Reliability](calibration/reliability.png)",
        "",
        "## What a threshold on the confidence would flag",
        "",
        "Review load / silent error in per cent of the rows read (rows that are missing are not in them). The software "
        f"flags what nothing else flags below {LEAST_CONFIDENCE:g}. No flag gives way to a high confidence: those of "
        "such rows speak of what a row does not show itself (a row or column beside it that was lost, another body).",
        "",
        *_choice_table(groups),
        "",
        "![Review load and silent error](calibration/thresholds.png)",
    ]
    return "\n".join(lines) + "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _table(head: Sequence[str], body: Iterable[Sequence[str]]) -> list[str]:
    return [_row(head), _row(["---", *("---:" for _ in head[1:])]), *map(_row, body)]


def _quality_table(groups: dict[str, list[Judged]]) -> list[str]:
    head = ["quality", "rows", "wrong", "wrong by confidence", "Brier score", "of the share alone"]
    return _table(head, [_quality_row(quality, rows) for quality, rows in groups.items()])


def _quality_row(quality: str, rows: Sequence[Judged]) -> list[str]:
    wrong = sum(row.is_wrong for row in rows)
    share = wrong / len(rows)
    expected = sum(row.doubt for row in rows)
    return [quality, str(len(rows)), str(wrong), f"{expected:.1f}", f"{brier(rows):.4f}", f"{share * (1 - share):.4f}"]


def _band_table(rows: Sequence[Judged]) -> list[str]:
    head = ["confidence", "rows", "mean confidence", "right", "interval"]
    body = []
    for band in reversed(bands_of(rows)):
        low, high = wilson_bounds(band.rows - band.wrong, band.rows)
        right = f"{1 - band.wrong / band.rows:.4f}"
        span = f"{1 - band.high:.3f}–{1 - band.low:.3f}"
        body.append([span, str(band.rows), f"{1 - band.doubt:.4f}", right, f"{low:.4f}–{high:.4f}"])
    return _table(head, body)


def _choice_table(groups: dict[str, list[Judged]]) -> list[str]:
    body = [["flags as they are", *(_choice(as_flagged(rows)) for rows in groups.values())]]
    for label, choose in _WAYS:
        for threshold in _THRESHOLDS:
            cells = (_choice(choose(rows, threshold)) for rows in groups.values())
            body.append([f"{label} {1 - threshold:g}", *cells])
    return _table(["", *groups], body)


def _choice(choice: Choice) -> str:
    return f"{100 * choice.review_load:.1f} / {100 * choice.silent_error:.2f}"


_WAYS: tuple[tuple[str, Callable[[Sequence[Judged], float], Choice]], ...] = (
    ("flags, and confidence below", choose_besides),
    ("confidence alone, below", choose_by_doubt),
)
