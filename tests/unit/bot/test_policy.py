"""policy.yml: the numbers of the spec by default, and every mistake told at once."""

from datetime import time, timedelta

import pytest
import yaml

from bot.domain.errors import ConfigError
from bot.domain.sla import Clock
from bot.domain.tickets import Priority
from bot.playbooks.policy import DEFAULT, read_policy


@pytest.fixture
def changed(tmp_path):
    def change(edit):
        raw = yaml.safe_load(DEFAULT.read_text())
        edit(raw)
        path = tmp_path / "policy.yml"
        path.write_text(yaml.safe_dump(raw))
        return path

    return change


@pytest.mark.parametrize(
    ("priority", "response", "resolution"),
    [
        (Priority.CRITICAL, (4, "24x7"), (8, "24x7")),
        (Priority.HIGH, (24, "24x5"), (3 * 8, "business")),
        (Priority.MEDIUM, (48, "24x5"), (5 * 8, "business")),
        (Priority.LOW, (72, "24x5"), (10 * 8, "business")),
    ],
)
def test_targets_are_those_of_the_workflow(priority, response, resolution):
    sla = read_policy().sla
    for clock, (hours, calendar) in ((Clock.RESPONSE, response), (Clock.RESOLUTION, resolution)):
        target = sla.of(priority, clock)
        assert (target.hours, target.calendar) == (timedelta(hours=hours), calendar)
    assert sla.warn_percent == 75


def test_the_ladder_is_that_of_the_procedure():
    ladder = read_policy().ladder
    rungs = [(rung.level, rung.role, rung.hold) for rung in ladder.rungs]
    assert rungs == [
        (1, "account_manager", timedelta(hours=24)),
        (2, "operations_manager", timedelta(hours=12)),
        (3, "managing_director", timedelta(hours=4)),
    ]
    assert read_policy().digest_at == time(8)


def test_every_mistake_is_told_at_once(changed):
    def spoil(raw):
        raw["sla"]["response"]["critical"]["within"] = "soon"
        raw["escalation"]["levels"][0]["role"] = "king"
        raw["extra"] = 1
        del raw["reports"]

    with pytest.raises(ConfigError) as caught:
        read_policy(changed(spoil))
    told = "\n".join(caught.value.problems)
    for place in ("sla.response.critical.within", "escalation.levels.0.role", "extra", "reports"):
        assert place in told


def test_a_priority_without_a_target_is_refused(changed):
    with pytest.raises(ConfigError, match="nothing is said for low"):
        read_policy(changed(lambda raw: raw["sla"]["response"].pop("low")))


def test_a_ladder_with_a_gap_is_refused(changed):
    with pytest.raises(ConfigError, match="Levels count up from 1"):
        read_policy(changed(lambda raw: raw["escalation"]["levels"].pop(0)))


def test_no_yaml_at_all(tmp_path):
    path = tmp_path / "policy.yml"
    path.write_text("sla: [")
    with pytest.raises(ConfigError, match="not YAML"):
        read_policy(path)
