"""In which language somebody at a browser reads: the page and every browser say it with each request."""

from aiohttp import web

from bot.text.catalogue import languages


def language_of(request: web.Request, *, otherwise: str) -> str:
    """The first of those that the browser accepts in which there is a catalogue."""
    for accepted in request.headers.get("Accept-Language", "").split(","):
        code = accepted.partition(";")[0].partition("-")[0].strip().lower()
        if code in languages():
            return code
    return otherwise
