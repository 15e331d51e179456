"""Never lost; twice only where the far end had accepted and the answer was lost."""

import pytest

from tests.alerts.storm import storm


@pytest.mark.slow
def test_every_alert_arrives_though_processes_are_killed(database_target, tmp_path):
    result = storm(
        database_target, tmp_path, count=60, kills=4, processes=1, fault=0.15, seed=20261123
    )
    assert result.missing == []
    assert result.inexcusable == []
    assert (result.pending, result.dead) == (0, 0)
    assert result.kills >= 2, "the outbox was empty before the storm began"
    assert result.faults > 10


@pytest.mark.slow
def test_two_processes_on_one_outbox_send_nothing_twice(database_target, tmp_path):
    result = storm(database_target, tmp_path, count=60, kills=0, processes=2, fault=0.0, seed=1)
    assert result.missing == []
    assert result.twice == 0
