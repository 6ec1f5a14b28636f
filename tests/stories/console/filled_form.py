"""What a browser sends of a form that somebody opened and changed nothing in."""

from collections.abc import Mapping
from html.parser import HTMLParser


class _Forms(HTMLParser):
    """Fields with their values, of the form that goes to one address."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._action = action
        self._is_inside = False
        self._writes = ""
        self._chooses = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_inside = given.get("action") == self._action
        elif not self._is_inside:
            return
        elif tag == "textarea":
            self._writes = given["name"]
            self.fields[self._writes] = ""
        elif tag == "select":
            self._chooses = given["name"]
        elif tag == "option" and self._chooses:
            if "selected" in given or self._chooses not in self.fields:
                self.fields[self._chooses] = given.get("value", "")
        elif tag == "input" and "name" in given and _is_sent(given):
            self.fields[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False
        elif tag == "textarea":
            self._writes = ""
        elif tag == "select":
            self._chooses = ""

    def handle_data(self, data: str) -> None:
        if self._writes:
            self.fields[self._writes] += data.removeprefix("\n")


def _is_sent(given: Mapping[str, str]) -> bool:
    return given.get("type") not in {"checkbox", "radio", "file"} or "checked" in given


def filled_form(page: str, action: str) -> dict[str, str]:
    """`action` as it is, not as it is written in the page."""
    forms = _Forms(action)
    forms.feed(page)
    return forms.fields
