"""Pictures to draw, and what a drawn one is like."""

import zlib
from itertools import pairwise
from typing import Any

BARS: dict[str, Any] = {
    "kind": "bars",
    "direction": "up",
    "title": "SLA kept and missed by week",
    "subtitle": "2 Feb – 1 Mar 2026",
    "labels": ["W06", "W07", "W08", "W09"],
    "unit": "promises",
    "notes": ["95%", "90%", "88%", "97%"],
    "series": [
        {"label": "kept", "values": [100, 90, 80, 113], "colour": "good"},
        {"label": "missed", "values": [5, 9, 11, 4], "colour": "bad", "is_hatched": True},
    ],
}

MONDAY_S = 1_772_442_000
"""Monday, 2 March 2026, 9:00 UTC, in seconds since 1970."""
TIME_LINE: dict[str, Any] = {
    "kind": "timeline",
    "title": "SLA timeline of IT-12",
    "subtitle": "All of its time",
    "zone": "Europe/Berlin",
    "axis": "Time in Europe/Berlin",
    "locale": "en_GB",
    "due": "due",
    "legend": {
        "counted": "counted",
        "late": "counted, overdue",
        "closed": "closed",
        "requester": "waiting for the requester",
        "held": "on hold",
        "other": "not counted",
    },
    "lanes": [
        {
            "label": "First response",
            "note": "2 h 30 min of 2 h counted",
            "due": MONDAY_S + 7_200,
            "spans": [
                {"from": MONDAY_S, "until": MONDAY_S + 7_200, "kind": "counted"},
                {"from": MONDAY_S + 7_200, "until": MONDAY_S + 9_000, "kind": "late"},
            ],
        },
        {
            "label": "Resolution",
            "note": "0 s of 8 h counted",
            "due": None,
            "spans": [{"from": MONDAY_S, "until": MONDAY_S + 90_000, "kind": "requester"}],
        },
    ],
}


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, as the file's head says."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def is_blank(png: bytes) -> bool:
    """Whether all its lines are alike."""
    packed, at = b"", 8
    while at < len(png):
        length, name = int.from_bytes(png[at : at + 4]), png[at + 4 : at + 8]
        packed += png[at + 8 : at + 8 + length] if name == b"IDAT" else b""
        at += length + 12
    pixels = zlib.decompress(packed)
    line = len(pixels) // size_of(png)[1]
    lines = [pixels[start : start + line] for start in range(0, len(pixels), line)]
    return all(above[1:] == below[1:] for above, below in pairwise(lines))
