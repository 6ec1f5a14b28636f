"""What a browser sends of a form that somebody opened and changed nothing in."""

from collections.abc import Mapping
from html.parser import HTMLParser


class _Forms(HTMLParser):
    """Fields of the form that goes to one address; several values of one with commas between them."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._action = action
        self._is_inside = False
        self._writes = ""
        self._chooses = ""
        self._chosen: list[str] = []

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
            self._chooses, self._chosen = given["name"], []
        elif tag == "option" and self._chooses:
            if "selected" in given or not self._chosen:
                self._chosen = [given.get("value", "")]
        elif tag == "input" and "name" in given and _is_sent(given):
            self._add(given["name"], given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False
        elif tag == "textarea":
            self._writes = ""
        elif tag == "select" and self._chooses:
            self._add(self._chooses, "".join(self._chosen))
            self._chooses = ""

    def _add(self, name: str, value: str) -> None:
        self.fields[name] = ",".join(filter(None, (self.fields.get(name, ""), value)))

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
