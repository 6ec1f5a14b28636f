"""A language model whose key is not set, or that nobody's text may reach."""

from collections.abc import Collection, Iterator

from bot.config.checks.findings import ConfigurationFinding, warning
from bot.config.loading import Configuration
from bot.domain.sentence import sentence


def doubtful_model(configuration: Configuration, known: Collection[str]) -> Iterator[ConfigurationFinding]:
    """`known` are the names of the settings that there are."""
    model = configuration.desk.language_model
    if model is None:
        return
    if model.key and model.key not in known:
        told = sentence("configuration.model_key_unset", variable=model.key)
        yield warning(configuration.line_of("language_model", "key"), told)
    if not model.teams:
        yield warning(configuration.line_of("language_model"), sentence("configuration.model_without_teams"))
