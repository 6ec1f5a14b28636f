"""Identity providers that nobody can sign in with yet, and the addresses to enter there."""

from collections.abc import Callable, Collection, Iterator
from urllib.parse import urlsplit

from bot.config.checks.findings import ConfigurationFinding, hint, warning
from bot.config.loading import Configuration
from bot.domain.sentence import sentence

ADDRESS = "DESKBELL_PUBLIC_URL"
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


def doubtful_providers(
    configuration: Configuration,
    known: Collection[str],
    *,
    platforms: frozenset[str],
    address: str,
    redirect: Callable[[str], str],
    has_library: bool,
) -> Iterator[ConfigurationFinding]:
    """`known` are the settings that there are; `address` is where people open the desk, if it is said."""
    providers = configuration.desk.sign_in.providers
    if not providers:
        return
    if not is_safe(address):
        line = configuration.line_of("sign_in", "providers")
        yield warning(line, sentence("configuration.sign_in_without_https", variable=ADDRESS))
    for place, each in enumerate(providers):
        line = configuration.line_of("sign_in", "providers", place)
        if each.secret not in known:
            told = sentence("configuration.sign_in_secret_unset", provider=each.name, variable=each.secret)
            yield warning(configuration.line_of("sign_in", "providers", place, "secret"), told)
        if not each.is_of_use(platforms):
            facts = {"provider": each.name, "platform": each.accounts_on}
            yield warning(line, sentence("configuration.sign_in_platform_missing", **facts))
        if each.is_of_use(platforms) or not each.platform:
            yield hint(
                line,
                sentence("configuration.sign_in_redirect", provider=each.name, address=redirect(each.name)),
            )
    if not has_library:
        line = configuration.line_of("sign_in", "providers")
        yield warning(line, sentence("configuration.sign_in_extra_missing"))


def is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.hostname or "") in _THIS_MACHINE
