"""One short example an answer, invented, for the OpenAPI document; a test holds them to the types."""

from __future__ import annotations

from typing import Any

_VERSION = {
    "id": 7,
    "document_id": "demo-plan",
    "number": 3,
    "edition": "2042",
    "language": "zh-Hans",
    "nature": "official",
    "text_key": "0f" * 32,
    "status": "accepted",
    "title": "2042年创新权益建设推进计划",
    "document_number": "演创联办〔2042〕1号",
    "issuer": "演示创新权益工作部际会议办公室",
    "issued_on": "2042-03-18",
    "published_on": "2042-03-20",
    "source_id": "demo-notices",
    "url": "https://office.example/notices/2042.html",
    "fetched_at": "2042-03-20T06:00:00Z",
    "recorded_at": "2042-03-20T06:00:01Z",
    "predecessor_id": 5,
    "first_look": False,
}
_DOCUMENT = {
    "id": "demo-plan",
    "title_zh": "创新权益建设推进计划",
    "title_en": "Plan for the Rights of Innovation",
    "kind": "plan",
    "added_at": "2041-03-12T06:00:00Z",
    "removed_at": None,
}

#: Path -> the body of its 200.
EXAMPLES: dict[str, Any] = {
    "/api/v1/documents": {"items": [_DOCUMENT], "next": None},
    "/api/v1/documents/{document_id}": _DOCUMENT,
    "/api/v1/documents/{document_id}/versions": {"items": [_VERSION], "next": None},
    "/api/v1/documents/{document_id}/versions/{name}": _VERSION,
}
