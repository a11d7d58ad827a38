"""Twenty power cuts in the middle of a real run; `make faults` does two hundred."""

import random

from benchmarks.faults import documents, run_killed, undisturbed


def test_nothing_is_lost_or_doubled_when_the_plug_is_pulled(tmp_path):
    dropped, chance, kills = documents(), random.Random(7), 0
    expected, usual = undisturbed(tmp_path / "undisturbed", dropped)
    assert all(expected.values())
    number = 0
    while kills < 20:
        number += 1
        outcome = run_killed(tmp_path / str(number), dropped, expected, chance, usual)
        assert outcome.faults == ()
        kills += outcome.kills
