"""Two power cuts in the middle of saves; a hundred: `make power`, benchmarks/POWER_CUTS.md."""

from pathlib import Path

from benchmarks.power_cuts import cut_often
from benchmarks.review import make_home


def test_no_acknowledged_save_is_lost_and_no_row_is_half_saved(tmp_path: Path) -> None:
    make_home(tmp_path, 1, 8)
    outcome = cut_often(tmp_path, 2, 3)
    assert outcome.acknowledged >= 2
    assert outcome.under_way == 6
    assert (outcome.lost, outcome.torn) == (0, 0)
