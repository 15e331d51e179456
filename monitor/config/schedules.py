"""When sources are looked at, as it stands in ``sources.yaml``."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from alerts.timing import parse_clock
from monitor.config.fields import ClockTime, ConfigModel, Delay, Duration
from monitor.schedule import Schedule, Season, cron_trigger

SHORTEST_INTERVAL = dt.timedelta(minutes=1)


def _cron(value: str) -> str:
    try:
        cron_trigger(value)
    except ValueError as error:
        raise ValueError(
            f"no cron expression: {error}; five fields are needed, as '0 7-23/6 * * mon-fri'"
        ) from None
    return value


class HoursConfig(ConfigModel):
    """The part of the day in which a source is looked at."""

    opening: ClockTime = Field(description="HH:MM, Asia/Shanghai")
    closing: ClockTime = Field(description="HH:MM, Asia/Shanghai; before opening: the next day's")


class SeasonConfig(ConfigModel):
    """Months in which plans have come out before, and the shorter interval for them."""

    first_month: int = Field(ge=1, le=12)
    last_month: int = Field(ge=1, le=12)
    every: Duration


class ScheduleConfig(ConfigModel):
    """By interval or by cron expression; wall-clock times are of Asia/Shanghai."""

    every: Duration | None = Field(default=None, description="interval: 30m, 6h, 1d")
    cron: Annotated[str, AfterValidator(_cron)] | None = Field(
        default=None, description="five fields, Asia/Shanghai, in place of `every`"
    )
    hours: HoursConfig | None = None
    jitter: Delay = Field(
        default=dt.timedelta(minutes=20),
        description="longest random delay, so that looks spread; 0m: none",
    )
    season: SeasonConfig | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> ScheduleConfig:
        if (self.every is None) == (self.cron is None):
            raise ValueError("give either `every` or `cron`, one of the two")
        for interval in (self.every, self.season.every if self.season else None):
            if interval is not None and interval < SHORTEST_INTERVAL:
                raise ValueError("the shortest interval is 1m")
        if self.season is not None and self.every is None:
            raise ValueError("`season` shortens an interval; it goes with `every`")
        return self

    def to_schedule(self) -> Schedule:
        """The schedule as the daemon counts with it."""
        hours, season = self.hours, self.season
        return Schedule(
            every=self.every,
            cron=self.cron,
            hours=(parse_clock(hours.opening), parse_clock(hours.closing)) if hours else None,
            jitter=self.jitter,
            season=Season(
                first_month=season.first_month, last_month=season.last_month, every=season.every
            )
            if season
            else None,
        )
