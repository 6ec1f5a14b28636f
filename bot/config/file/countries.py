"""Countries whose public holidays are known, and what to say to one that is not among them."""

from collections.abc import Iterable

from bot.config.file.field_types import wrong
from bot.config.file.problems import one_of, suggestion
from bot.domain.sentence import Sentence, sentence
from bot.domain.suggestions import nearest


def check_country(country: str, region: str | None) -> None:
    """Raises an error of the file unless the holidays of both are known; loads the holidays library."""
    import holidays
    from holidays.registry import COUNTRIES

    supported = holidays.list_supported_countries()
    if country not in supported:
        hint = _meant(country, COUNTRIES.values())
        raise wrong("configuration.no_country", country=country, hint=hint, at="country")
    if region is not None and region not in supported[country]:
        regions = supported[country]
        if not regions:
            raise wrong("configuration.no_regions", region=region, country=country, at="region")
        choices = one_of(regions, limit=len(regions))
        raise wrong("configuration.no_region", region=region, country=country, choices=choices, at="region")


def _meant(country: str, known: Iterable[tuple[str, ...]]) -> Sentence:
    """By its code in small letters, or by its name."""
    codes = {code.casefold(): codes[1] for codes in known for code in (codes[1], codes[0])}
    name = country.replace(" ", "").casefold()
    found = name if name in codes else nearest(name, (each for each in codes if len(each) > 2))
    return suggestion(codes[found]) if found else sentence("configuration.write_country")
