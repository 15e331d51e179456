"""How the program runs, as it stands under ``settings`` in ``sources.yaml``."""

from __future__ import annotations

import datetime as dt
import ipaddress
from typing import Annotated

from pydantic import AfterValidator, Field

from monitor.config.fields import Address, ConfigModel, Duration, Words
from monitor.config.schedules import HoursConfig, ScheduleConfig


class ListenConfig(ConfigModel):
    """Where a part of the program answers; on this machine alone unless told otherwise."""

    host: Words = "127.0.0.1"
    port: int = Field(ge=0, le=65535)


#: The most that ``settings.workers`` may be.
MOST_WORKERS = 64


def _network(value: str) -> str:
    try:
        ipaddress.ip_network(value)
    except ValueError:
        raise ValueError(
            f"{value!r} is no address or network; write 10.0.0.5 or 10.0.0.0/24"
        ) from None
    return value


class DashboardConfig(ListenConfig):
    """The dashboard. Beyond this machine it asks everybody for a token, or believes a proxy."""

    port: int = Field(default=8321, ge=0, le=65535)
    hosts: tuple[Words, ...] = Field(
        default=(), description="further names under which browsers may ask for it"
    )
    proxies: tuple[Annotated[Words, AfterValidator(_network)], ...] = Field(
        default=(), description="addresses of the reverse proxy whose word on who asks is believed"
    )
    proxy_header: Words | None = Field(
        default=None, description="header in which that proxy names the person, as X-Remote-User"
    )


class SettingsConfig(ConfigModel):
    """One of these; everything in it may be left out.

    Where the data lie is no part of it: options and environment say that, for commands that need
    no sources as well.
    """

    contact: Words = Field(
        default="https://example.org/planwatch",
        description="address or page that a site's owner can write to; part of the User-Agent",
    )
    schedule: ScheduleConfig = Field(
        default=ScheduleConfig(
            every=dt.timedelta(hours=6), hours=HoursConfig(opening="07:00", closing="23:00")
        ),
        description="for sources without one of their own",
    )
    look_again: Duration = Field(
        default=dt.timedelta(days=7), description="how often known articles are fetched again"
    )
    revalidate_after: Duration = Field(
        default=dt.timedelta(days=7),
        description="longest time without a fetch that ignores kept validators",
    )
    workers: int = Field(default=8, ge=1, le=MOST_WORKERS, description="sources polled at one time")
    readers: int = Field(
        default=0,
        ge=0,
        le=64,
        description="processes of their own that read texts, one a core for first rounds of "
        "thousands of sources; 0 reads within the program",
    )
    spacing_seconds: float = Field(
        default=2.0, ge=0, le=3600, description="pause between two requests to one host"
    )
    deadline_seconds: float = Field(
        default=60.0, gt=0, le=600, description="longest time of one fetch on the network"
    )
    max_bytes: int = Field(default=20_000_000, ge=10_000, le=500_000_000)
    attempts: int = Field(default=3, ge=1, le=10, description="attempts for passing faults")
    dashboard: DashboardConfig | None = Field(
        default=DashboardConfig(), description="served beside the daemon; null: not"
    )
    dashboard_url: Address | None = Field(
        default=None, description="where readers of alerts reach the dashboard; left out: no links"
    )
    health: ListenConfig | None = Field(
        default=ListenConfig(port=8322),
        description="/healthz and /metrics of the daemon; null: none",
    )
