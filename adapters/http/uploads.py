"""What browsers say of a file that they send: its name and its type, as they are kept."""

import re
from typing import Final

LONGEST_NAME: Final = 200
_MEDIA_TYPE: Final = re.compile(r"[a-z0-9][\w.+-]{0,60}/[a-z0-9][\w.+-]{0,100}", re.ASCII)
_LONGEST_ENDING: Final = 10


def clean_name(name: str | None) -> str:
    """The last part of the path, without control characters; long names keep their ending."""
    base = re.split(r"[/\\]", name or "")[-1]
    visible = "".join(each for each in base if each.isprintable()).strip().lstrip(".")
    if len(visible) > LONGEST_NAME:
        stem, dot, ending = visible.rpartition(".")
        keeps_ending = bool(dot) and len(ending) <= _LONGEST_ENDING
        visible = (
            f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}" if keeps_ending else visible[:LONGEST_NAME]
        )
    return visible or "file"


def clean_type(given: str | None) -> str:
    """Without its parameters; what is no media type is any bytes."""
    media_type = (given or "").partition(";")[0].strip().lower()
    return media_type if _MEDIA_TYPE.fullmatch(media_type) else "application/octet-stream"
