"""policy.yml to Policy. Every mistake is reported at once, with its place in the file."""

from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bot.domain.calendars import Named
from bot.domain.errors import ConfigError
from bot.domain.ladders import Ladder, Rung, Urgency
from bot.domain.people import Role
from bot.domain.policy import Policy
from bot.domain.sla import SlaTargets, Target
from bot.domain.tickets import Priority
from bot.domain.windows import Window
from bot.reasons import place, reason

DEFAULT = Path(__file__).parent / "default" / "policy.yml"
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def _span(value: Any) -> Any:
    text = str(value)
    if text[:-1].isdecimal() and text[-1:] in UNITS and int(text[:-1]) > 0:
        return int(text[:-1]) * UNITS[text[-1]]
    raise ValueError("a span is a number and m, h or d, such as 30m, 4h, 2d")


Span = Annotated[timedelta, BeforeValidator(_span)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Target(_Form):
    within: Span
    calendar: Named


class _Sla(_Form):
    response: dict[Priority, _Target]
    resolution: dict[Priority, _Target]
    warn_at_percent: Annotated[int, Field(gt=0, lt=100)]


class _Level(_Form):
    level: int
    role: Role
    hold: Span


class _Critical(_Form):
    divide_by: Annotated[int, Field(ge=1)]
    calendar: Named


class _Escalation(_Form):
    levels: list[_Level]
    calendar: Named
    critical: _Critical
    top_level: dict[Priority, Annotated[int, Field(ge=1)]]
    repeat_every: Span
    repeats: Annotated[int, Field(ge=0)]
    answer_again_within: Span
    acknowledged_for: dict[Priority, Span]


class _Quiet(_Form):
    working_hours: tuple[str, str]
    days: Annotated[
        list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]], Field(min_length=1)
    ]


class _Reports(_Form):
    daily_at: time
    deadlines_within_working_days: Annotated[int, Field(ge=1, le=30)]


class _Policy(_Form):
    version: Literal[1]
    sla: _Sla
    escalation: _Escalation
    quiet: _Quiet
    reports: _Reports


def read_policy(path: Path = DEFAULT) -> Policy:
    """The policy in that file. Raises ConfigError with every mistake in it."""
    try:
        form = _Policy.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        return _policy(form)
    except yaml.YAMLError as error:
        raise ConfigError([f"{path.name}: this is not YAML: {error}"]) from None
    except ValidationError as error:
        raise ConfigError(
            [f"{path.name}: {place(e)}: {reason(e)}" for e in error.errors()]
        ) from None
    except ValueError as error:
        raise ConfigError([f"{path.name}: {error}"]) from None


def _policy(form: _Policy) -> Policy:
    for name in ("response", "resolution"):
        _require_all(getattr(form.sla, name), f"sla.{name}")
    _require_all(form.escalation.top_level, "escalation.top_level")
    _require_all(form.escalation.acknowledged_for, "escalation.acknowledged_for")
    window = Window.between(*form.quiet.working_hours)
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return Policy(
        sla=SlaTargets(
            response=_targets(form.sla.response),
            resolution=_targets(form.sla.resolution),
            warn_percent=form.sla.warn_at_percent,
        ),
        ladder=_ladder(form.escalation),
        top_level=form.escalation.top_level,
        acknowledged_for=form.escalation.acknowledged_for,
        working_hours=tuple((window,) if day in form.quiet.days else () for day in days),
        digest_at=form.reports.daily_at,
        deadline_days=form.reports.deadlines_within_working_days,
    )


def _require_all(table: dict[Priority, Any], where: str) -> None:
    missing = [priority for priority in Priority if priority not in table]
    if missing:
        raise ValueError(f"{where}: nothing is said for {', '.join(missing)}")


def _targets(table: dict[Priority, _Target]) -> dict[str, Target]:
    return {key: Target(hours=row.within, calendar=row.calendar) for key, row in table.items()}


def _ladder(form: _Escalation) -> Ladder:
    return Ladder(
        rungs=tuple(
            Rung(level=row.level, role=row.role, hold=row.hold, calendar=form.calendar)
            for row in form.levels
        ),
        entry=1,
        top=len(form.levels),
        repeat_every=form.repeat_every,
        repeats=form.repeats,
        ask_hold=form.answer_again_within,
        urgency=Urgency(divisor=form.critical.divide_by, calendar=form.critical.calendar),
    )
