"""Look-ups whose headers hold a setting that is not set: they fail until it is."""

from collections.abc import Collection, Iterator

from bot.config.checks.findings import ConfigurationFinding, warning
from bot.config.loading import Configuration
from bot.domain.sentence import sentence


def unset_settings(configuration: Configuration, known: Collection[str]) -> Iterator[ConfigurationFinding]:
    """`known` are the names of the settings that there are."""
    for name, lookup in configuration.desk.lookups.items():
        for variable in dict.fromkeys(lookup.settings()):
            if variable not in known:
                told = sentence("configuration.lookup_setting_unset", lookup=name, variable=variable)
                yield warning(configuration.line_of("lookups", name, "headers"), told)
