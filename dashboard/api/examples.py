"""One short example a body, invented, for the OpenAPI document; a test holds them to the types."""

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

_WITNESS = {
    "id": 3,
    "version_id": 7,
    "source_id": "demo-notices",
    "url": "https://office.example/notices/2042.html",
    "first_snapshot_id": 11,
    "last_snapshot_id": 15,
    "first_at": "2042-03-20T06:00:00Z",
    "last_at": "2042-04-02T06:00:00Z",
}
_ASSIGNMENT = {
    "name": "国家数据局",
    "kind": "agency",
    "agency": "nda",
    "role": "responsible",
    "open_ended": False,
    "covers": None,
    "inherited": False,
    "scope": None,
}
_PLAN = {
    "schema": "planwatch/plan/1",
    "title": "2042年创新权益建设推进计划",
    "language": "zh-Hans",
    "nature": "official",
    "document_number": "演创联办〔2042〕1号",
    "issuer": "演示创新权益工作部际会议办公室",
    "issued_on": "2042-03-18",
    "published_on": "2042-03-20",
    "edition": "2042",
    "addressees": [],
    "sections": [{"id": "1", "number": "一、", "title": "健全制度规则", "parent": None}],
    "tasks": [
        {
            "id": "1",
            "number": "1.",
            "section": "1",
            "text": "加快推进《创新成果登记条例》修改。",
            "assignments": [_ASSIGNMENT],
            "instruments": [
                {
                    "title": "创新成果登记条例",
                    "id": None,
                    "commitment": {"text": "加快推进…修改", "level": 4},
                }
            ],
            "programmes": [],
            "deadline": None,
            "uncertain": None,
            "kind": "task",
        }
    ],
    "frame": [],
    "diagnostics": [],
    "made_by": {"reader": "1"},
}
_SIDE = {
    "ref": "demo-plan#3",
    "title": "2042年创新权益建设推进计划",
    "language": "zh-Hans",
    "nature": "official",
    "edition": "2042",
    "sha256": "0f" * 32,
    "document": "demo-plan",
    "version": 3,
}
_CHANGESET = {
    "schema": "planwatch/changeset/1",
    "old": _SIDE | {"ref": "demo-plan#2", "edition": "2041", "version": 2},
    "new": _SIDE,
    "links": [{"old": ["2"], "new": ["1"], "confidence": 0.97}],
    "changes": [
        {
            "kind": "agency_assigned",
            "severity": "major",
            "old": ["2"],
            "new": ["1"],
            "agency": "nda",
            "name": "国家数据局",
            "after": "responsible",
        }
    ],
    "made_by": {"comparer": "1"},
}
_TASK_HIT = {
    "content_id": 14,
    "text": "上线多语言检索平台，开放基础数据接口。",
    "task_id": "15",
    "number": "15.",
    "section": "4",
    "version_id": 7,
    "document_id": "demo-plan",
    "version_number": 3,
    "edition": "2042",
    "versions": 3,
}
_AGENCY = {
    "id": "nda",
    "zh": "国家数据局",
    "en": "National Data Administration",
    "zh_short": "国家数据局",
    "en_short": "NDA",
    "zh_names": [{"text": "国家数据局", "since": 2023, "until": None}],
    "en_names": [],
    "predecessors": [],
    "since": 2023,
    "until": None,
    "member": True,
}
_INSTRUMENT = {
    "id": "trademark-law",
    "zh": "商标法",
    "en": "Trademark Law",
    "zh_names": [],
    "en_names": ["China Trademark Law"],
}
_SOURCE = {
    "id": "demo-notices",
    "kind": "list",
    "authority": "official",
    "url": "https://office.example/notices/",
    "documents": ["demo-plan"],
    "title": "Notices of the office",
    "enabled": True,
    "digest": "5f1d3c",
    "added_at": "2041-03-12T06:00:00Z",
    "removed_at": None,
    "next_due_at": "2042-03-21T10:00:00Z",
    "last_visit_at": "2042-03-21T04:00:00Z",
    "last_success_at": "2042-03-21T04:00:00Z",
    "last_outcome": "listed",
    "last_detail": "",
    "failure_streak": 0,
    "failing_since": None,
    "failure_told_at": None,
    "moved_at": None,
    "first_round_done_at": "2041-03-12T06:00:09Z",
}
_VISIT = {
    "id": 90,
    "page_id": 4,
    "outcome": "not_modified",
    "detail": "",
    "status": 304,
    "sha256": None,
    "first_at": "2042-03-20T12:00:00Z",
    "last_at": "2042-03-21T04:00:00Z",
    "count": 3,
    "milliseconds": 210,
}
_ALERT = {
    "id": "3f" * 16,
    "event": "version_recorded",
    "subscription": "counsel",
    "headline": "Plan for the Rights of Innovation 2042: two new tasks",
    "payload": {},
    "document_id": "demo-plan",
    "version_id": 7,
    "source_id": "demo-notices",
    "url": "https://office.example/notices/2042.html",
    "severity": "major",
    "chain_head": "0f" * 32,
    "created_at": "2042-03-20T06:00:01Z",
    "acknowledged_at": None,
    "acknowledged_by": None,
    "remind_at": "2042-03-21T06:00:01Z",
}
_DELIVERY = {
    "id": 5,
    "alert_id": "3f" * 16,
    "channel": "mail",
    "state": "sent",
    "due_at": "2042-03-20T06:00:01Z",
    "mode": "at_once",
    "holder": None,
    "held_until": None,
    "attempt_count": 1,
    "last_error": None,
    "finished_at": "2042-03-20T06:00:03Z",
    "receipt": "250 ok",
}
_REVIEW = {
    "id": 2,
    "subject": "page:4",
    "reason": "the text lost most of its tasks",
    "document_id": "demo-plan",
    "source_id": "demo-notices",
    "snapshot_id": 15,
    "url": "https://office.example/notices/2042.html",
    "title": "2042年创新权益建设推进计划",
    "detail": {},
    "opened_at": "2042-04-02T06:00:00Z",
    "told_at": "2042-04-02T06:00:00Z",
    "decision": None,
    "decided_at": None,
    "decided_by": None,
    "note": "",
}
_DECIDED = {
    "decision": "rejected",
    "decided_at": "2042-04-02T09:00:00Z",
    "decided_by": "laptop",
    "note": "an excerpt",
}


def _page(item: dict[str, Any]) -> dict[str, Any]:
    return {"items": [item], "next": None}


_ROOT = "/api/v1"
_DOC = f"{_ROOT}/documents/{{document_id}}"
#: (method, path) -> the body of its 200.
EXAMPLES: dict[tuple[str, str], Any] = {
    ("get", f"{_ROOT}/documents"): _page(_DOCUMENT),
    ("get", _DOC): _DOCUMENT,
    ("get", f"{_DOC}/versions"): _page(_VERSION),
    ("get", f"{_DOC}/versions/{{name}}"): _VERSION,
    ("get", f"{_DOC}/versions/{{name}}/witnesses"): _page(_WITNESS),
    ("get", f"{_DOC}/versions/{{name}}/plan"): _PLAN,
    ("get", f"{_DOC}/changes"): _CHANGESET,
    ("get", f"{_ROOT}/tasks"): _page(_TASK_HIT),
    ("get", f"{_ROOT}/agencies"): _page(_AGENCY),
    ("get", f"{_ROOT}/agencies/{{agency_id}}"): _AGENCY,
    ("get", f"{_ROOT}/instruments"): _page(_INSTRUMENT),
    ("get", f"{_ROOT}/instruments/{{instrument_id}}"): _INSTRUMENT,
    ("get", f"{_ROOT}/sources"): _page(_SOURCE),
    ("get", f"{_ROOT}/sources/{{source_id}}"): _SOURCE,
    ("get", f"{_ROOT}/sources/{{source_id}}/visits"): _page(_VISIT),
    ("get", f"{_ROOT}/alerts"): _page(_ALERT),
    ("get", f"{_ROOT}/alerts/{{alert_id}}"): _ALERT,
    ("get", f"{_ROOT}/alerts/{{alert_id}}/deliveries"): _page(_DELIVERY),
    ("get", f"{_ROOT}/reviews"): _page(_REVIEW),
    ("post", f"{_ROOT}/alerts/{{alert_id}}/acknowledge"): _ALERT
    | {"acknowledged_at": "2042-03-20T08:00:00Z", "acknowledged_by": "laptop", "remind_at": None},
    ("post", f"{_ROOT}/reviews/{{review_id}}"): _REVIEW | _DECIDED,
    ("post", f"{_DOC}/import"): {"outcome": "same_text", "version": _VERSION},
    ("post", f"{_DOC}/versions/{{name}}/confirm"): _VERSION,
    ("post", f"{_DOC}/links"): {
        "old": _VERSION | {"id": 5, "number": 2, "edition": "2041", "predecessor_id": 4},
        "new": _VERSION,
        "verdict": "confirmed",
    },
}
#: Path -> the body that a POST to it may send.
SENT: dict[str, Any] = {
    f"{_ROOT}/reviews/{{review_id}}": {"decision": "rejected", "note": "an excerpt"},
    f"{_DOC}/links": {
        "old": "2041",
        "new": "2042",
        "old_tasks": ["2"],
        "new_tasks": ["1"],
        "verdict": "confirmed",
    },
}
