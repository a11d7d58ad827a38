"""The interval of the silent error is the exact one."""

from itertools import pairwise

import pytest

from chitieu.review.estimate import estimate


# As tables of the exact binomial interval have it.
@pytest.mark.parametrize(
    ("wrong", "checked", "low", "high"),
    [
        (0, 50, 0.0, 0.0711),
        (1, 50, 0.0005, 0.1065),
        (3, 120, 0.0052, 0.0713),
        (10, 10, 0.6915, 1.0),
        (0, 1, 0.0, 0.975),
    ],
)
def test_the_interval_is_clopper_and_pearsons(wrong, checked, low, high):
    found = estimate(wrong, checked)
    assert (found.share, found.low, found.high) == (
        pytest.approx(wrong / checked),
        pytest.approx(low, abs=1e-4),
        pytest.approx(high, abs=1e-4),
    )


def test_nothing_checked_says_nothing():
    assert estimate(0, 0) is None


@pytest.mark.parametrize("checked", [1, 7, 50, 1000])
def test_more_wrong_rows_never_look_better(checked):
    found = [estimate(wrong, checked) for wrong in range(0, checked + 1, max(1, checked // 7))]
    assert all(a.high <= b.high and a.low <= b.low for a, b in pairwise(found))
