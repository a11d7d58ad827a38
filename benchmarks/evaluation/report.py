"""EVALUATION.md: the measures by quality, field and layout, with their bounds."""

import math
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.evaluation.running import Outcome
from benchmarks.run import describe_version
from benchmarks.score import ROW_FIELDS, rate

REPORT = Path(__file__).resolve().parents[1] / "EVALUATION.md"
_Z_95 = 1.959964
_MARKS = ("recall", "row_exact", "silent_error", "flagged", "spurious", *ROW_FIELDS, "section", "indicator_cer")
_TITLES = {"flagged": "review load", "indicator_cer": "indicator CER"}
_COUNTED = {"recall": "matched", "row_exact": "right", "silent_error": "silent"}


def wilson_bounds(hits: int, cases: int) -> tuple[float, float]:
    """The 95 % interval of a share after Wilson (1927), Journal of the American Statistical Association 22.

    >>> [round(bound, 4) for bound in wilson_bounds(0, 5000)]
    [0.0, 0.0008]
    """
    if not cases:
        return 0.0, 1.0
    share, z2 = hits / cases, _Z_95**2
    middle = (share + z2 / (2 * cases)) / (1 + z2 / cases)
    half = _Z_95 / (1 + z2 / cases) * math.sqrt(share * (1 - share) / cases + z2 / (4 * cases**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def write_report(outcomes: Sequence[Outcome]) -> str:
    """Lay out the outcomes as a page of Markdown."""
    lines = [
        "# Evaluation",
        "",
        f"`python -m benchmarks.evaluation run`, {describe_version()}, {datetime.now(UTC):%Y-%m-%d}, "
        f"{os.cpu_count()} cores. The set is [frozen](evaluation/README.md): nothing is tuned on it. What the shares "
        "mean: [docs/DATASET.md](../docs/DATASET.md#the-measure). In brackets: 95 % intervals after Wilson, rows taken "
        "as independent; rows of a document are not quite, so true intervals are somewhat wider.",
        "",
        *_quality_table(outcomes),
        "",
        "## By layout",
        "",
        "Row exact / silent error / review load, in per cent.",
        "",
        *_layout_table(outcomes),
    ]
    return "\n".join(lines) + "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _head(outcomes: Sequence[Outcome]) -> list[str]:
    return [_row(["", *(outcome.quality for outcome in outcomes)]), _row(["---", *("---:" for _ in outcomes)])]


def _quality_table(outcomes: Sequence[Outcome]) -> list[str]:
    wholes = [sum(outcome.tallies.values(), Counter[str]()) for outcome in outcomes]
    lines = _head(outcomes)
    lines.append(_row(["documents", *(str(len(outcome.tallies)) for outcome in outcomes)]))
    lines.append(_row(["true rows", *(str(whole["truth"]) for whole in wholes)]))
    for mark in _MARKS:
        lines.append(_row([_TITLES.get(mark, mark.replace("_", " ")), *(_share(whole, mark) for whole in wholes)]))
    lines.append(_row(["missed without a flag (rows)", *(str(whole["unannounced"]) for whole in wholes)]))
    per_page = (f"{outcome.cost.cpu_seconds / max(1, outcome.pages):.2f}" for outcome in outcomes)
    return [*lines, _row(["CPU s/page", *per_page])]


def _share(tally: Counter[str], mark: str) -> str:
    share = f"{asdict(rate(tally))[mark]:.4f}"
    if mark not in _COUNTED:
        return share
    low, high = wilson_bounds(tally[_COUNTED[mark]], tally["truth"])
    return f"{share} ({low:.4f}–{high:.4f})"


def _layout_table(outcomes: Sequence[Outcome]) -> list[str]:
    kinds = sorted({kind_of(name) for outcome in outcomes for name in outcome.tallies})
    lines = _head(outcomes)
    for kind in kinds:
        cells = (_layout_cell(outcome, kind) for outcome in outcomes)
        lines.append(_row([kind, *cells]))
    return lines


def _layout_cell(outcome: Outcome, kind: str) -> str:
    tallies = (tally for name, tally in outcome.tallies.items() if kind_of(name) == kind)
    scores = rate(sum(tallies, Counter[str]()))
    return " / ".join(f"{100 * share:.1f}" for share in (scores.row_exact, scores.silent_error, scores.flagged))


def kind_of(name: str) -> str:
    """The layout in a document's id.

    >>> kind_of("e42-03-seed5-year")
    'seed5-year'
    """
    return name.split("-", 2)[2]
