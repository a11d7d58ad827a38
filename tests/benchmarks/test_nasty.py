"""A hundred files that are wrong, each in a way of its own, beside two good ones; `make nasty` adds the heavy ones."""

from benchmarks.nasty import all_cases
from benchmarks.nasty.running import faults_of, run_cases


def test_every_nasty_file_ends_as_it_may_within_the_limits_and_harms_no_other(tmp_path):
    cases = [case for case in all_cases() if not case.is_heavy]
    assert len(cases) >= 60
    undisturbed = run_cases(tmp_path / "undisturbed", [])
    assert len(undisturbed.good_rows) > 20
    run = run_cases(tmp_path / "home", cases)
    assert faults_of(run, cases, 120) == []
    assert run.peak_mib < 1536
    assert run.good_rows == undisturbed.good_rows
