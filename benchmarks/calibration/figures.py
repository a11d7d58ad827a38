"""Two pictures for CALIBRATION.md: reliability, and review load against silent error as the threshold moves."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot

from benchmarks.calibration.judging import Judged, as_flagged, bands_of, choose_besides, choose_by_doubt
from benchmarks.evaluation.report import wilson_bounds

RELIABILITY = Path(__file__).with_name("reliability.png")
THRESHOLDS = Path(__file__).with_name("thresholds.png")
_TRIED = [10 ** (-step / 20) for step in range(61)]


def draw_reliability(rows: Sequence[Judged]) -> None:
    """The share of wrong rows by their doubt, both on scales of powers of ten, with 95 % intervals."""
    mpl.use("Agg")
    bands = bands_of(rows)
    figure, axes = pyplot.subplots(figsize=(6, 5), layout="constrained")
    axes.plot([1e-4, 1], [1e-4, 1], color="0.6", linewidth=1, label="perfect")
    for band in bands:
        low, high = wilson_bounds(band.wrong, band.rows)
        share = max(band.wrong / band.rows, 1e-4)
        axes.vlines(band.doubt, max(low, 1e-4), high, color="tab:blue")
        axes.plot(band.doubt, share, "o", color="tab:blue")
        axes.annotate(str(band.rows), (band.doubt, share), textcoords="offset points", xytext=(6, -4), fontsize=8)
    axes.set(xscale="log", yscale="log", xlim=(5e-4, 1.2), ylim=(1e-4, 1.2))
    axes.set(xlabel="1 − confidence", ylabel="share of wrong rows (number: rows)")
    axes.legend(frameon=False)
    figure.savefig(RELIABILITY, dpi=110)
    pyplot.close(figure)


def draw_thresholds(rows: Sequence[Judged]) -> None:
    """Silent error against review load at each quality: flags as they are, by confidence, and by both."""
    mpl.use("Agg")
    qualities = sorted({row.quality for row in rows})
    figure, every = pyplot.subplots(1, len(qualities), figsize=(3.4 * len(qualities), 3.4), layout="constrained")
    for quality, axes in zip(qualities, every, strict=True):
        own = [row for row in rows if row.quality == quality]
        for choose, label in ((choose_by_doubt, "confidence alone"), (choose_besides, "flags and confidence")):
            choices = [choose(own, threshold) for threshold in _TRIED]
            axes.plot([one.review_load for one in choices], [one.silent_error for one in choices], label=label)
        now = as_flagged(own)
        axes.plot(now.review_load, now.silent_error, "o", color="black", label="flags as they are")
        axes.set(title=quality, xlabel="review load", xlim=(0, max(0.1, 2.5 * now.review_load)))
        axes.set_ylim(0, max(0.002, 3 * now.silent_error))
    every[0].set_ylabel("silent error among rows")
    every[0].legend(frameon=False, fontsize=8)
    figure.savefig(THRESHOLDS, dpi=110)
    pyplot.close(figure)
