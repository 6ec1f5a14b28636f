"""The settings of a desk as an administrator has them at the console: their file, forms and saved changes."""

from pathlib import Path
from typing import Final

from tests.adapters.http.sign_in.front_door import Answer
from tests.stories.console.console_visit import ConsoleVisit
from tests.stories.console.filled_form import filled_form
from tests.stories.office import Office

SETTINGS: Final = "/console/settings"
ENTRY: Final = f"{SETTINGS}/entry"
PREVIEW, SAVE, VERSIONS = f"{SETTINGS}/preview", f"{SETTINGS}/save", f"{SETTINGS}/versions"


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def form(of: str, name: str = "") -> str:
    return f"{ENTRY}?of={of}&name={name}"


def action(of: str, name: str = "") -> str:
    """Where the form goes, as the page writes it."""
    return form(of, name).replace("&", "&amp;")


def asked(path: str, of: str, name: str, **more: str) -> str:
    """Where a button of the overview goes, as the page writes it."""
    by = "".join(f"&amp;{key}={value}" for key, value in more.items())
    return f"{ENTRY}/{path}?of={of}&amp;name={name}{by}"


async def fills(lee: ConsoleVisit, page: Answer, of: str, name: str = "", /, **typed: str) -> Answer:
    """Sends the form as a browser does: what stands in it, with these fields written otherwise."""
    there = filled_form(page.text, form(of, name))
    given = {key.removeprefix("f-"): value for key, value in there.items() if key.startswith("f-")}
    return await lee.sends(page, action(of, name), **{**given, **typed})


async def saved(office: Office, lee: ConsoleVisit, page: Answer) -> Answer:
    """What was previewed, and is in force then; the page that is shown after it."""
    sent = await lee.sends(page, SAVE)
    assert sent.status == 303
    await office.desk.workers["settings_follower"].tick()
    return await lee.opens(sent.location)


def others(page: str) -> str:
    """What the page says of changes by others."""
    return page.partition('id="others"')[2].partition("</section>")[0]
