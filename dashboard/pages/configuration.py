"""The configuration in force, as YAML: secrets are references there, and addresses lose passwords."""

from __future__ import annotations

import io
import re
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from ruamel.yaml import YAML

from dashboard.desk import AtDesk
from dashboard.rendering import show
from monitor.config.model import Config

router = APIRouter(include_in_schema=False)

#: What stands between the scheme and the @ of an address: a name, and perhaps a password.
_USERINFO = re.compile(r"(?<=://)[^/@\s]+@")
#: Parameters of an address that let somebody in.
_KEYS = re.compile(r"(?i)([?&](?:key|token|secret|password|sig|signature|access_token)=)[^&#\s]+")
HIDDEN = "[hidden]"


@router.get("/configuration")
def configuration(request: Request, desk: AtDesk) -> HTMLResponse:
    """What differs from the defaults, part by part."""
    config = desk.options.config() if desk.options.config else None
    parts = [] if config is None else parts_of(config)
    return show(request, desk, "configuration.html", tab="sources", parts=parts)


def parts_of(config: Config) -> list[tuple[str, str]]:
    """The parts of a configuration as YAML, without what stands at its default."""
    plain = config.model_dump(mode="json", exclude_defaults=True)
    return [(name, _yaml(hidden(value))) for name, value in plain.items() if value]


def hidden(value: Any) -> Any:
    """A value of JSON with names, passwords and keys taken out of its addresses."""
    if isinstance(value, dict):
        return {key: hidden(one) for key, one in value.items()}
    if isinstance(value, list):
        return [hidden(one) for one in value]
    if isinstance(value, str):
        return _KEYS.sub(rf"\1{HIDDEN}", _USERINFO.sub(f"{HIDDEN}@", value))
    return value


def _yaml(value: Any) -> str:
    out = io.StringIO()
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.width = 100
    yaml.dump(value, out)
    return out.getvalue()
