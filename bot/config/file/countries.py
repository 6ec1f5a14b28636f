"""Countries whose public holidays are known, and what to say to one that is not among them."""

from collections.abc import Iterable

from bot.config.file.field_types import wrong
from bot.domain.suggestions import nearest


def check_country(country: str, region: str | None) -> None:
    """Raises an error of the file unless the holidays of both are known; loads the holidays library."""
    import holidays
    from holidays.registry import COUNTRIES

    supported = holidays.list_supported_countries()
    if country not in supported:
        meant = _meant(country, COUNTRIES.values())
        raise wrong(f"no holidays are known for the country `{country}`{meant}", at="country")
    if region is not None and region not in supported[country]:
        regions = ", ".join(f"`{each}`" for each in supported[country]) or "no regions"
        raise wrong(f"`{region}` is not a region of {country}; it has {regions}", at="region")


def _meant(country: str, known: Iterable[tuple[str, ...]]) -> str:
    """By its code in small letters, or by its name."""
    codes = {code.casefold(): codes[1] for codes in known for code in (codes[1], codes[0])}
    name = country.replace(" ", "").casefold()
    found = name if name in codes else nearest(name, (each for each in codes if len(each) > 2))
    return f"; did you mean `{codes[found]}`?" if found else "; write its two letters, for example `DE`"
