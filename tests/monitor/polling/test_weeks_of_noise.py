"""Weeks of noisy pages with few real edits; the long form is ``bench/watch/thirty_days.py``."""

import pytest

from tests.monitor.simulation import simulate


@pytest.mark.slow
def test_every_edit_is_found_and_nothing_else_is_told(sqlite_target, open_database, publisher):
    report = simulate(
        open_database(sqlite_target), publisher, sources=21, days=6, edits=0.04, seed=11
    )
    assert report.polls == 21 * 24
    assert len(report.edits) > 10
    assert report.flagged_by_hash >= 0.9 * report.unchanged
    assert report.late == []
    assert report.false_alarms == []
    assert [edit for edit in report.edits if not edit.right] == []
