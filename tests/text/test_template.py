"""A sentence is cut into pieces once, and what belongs together stays together when it is filled."""

from bot.domain.errors import ConfigurationError
from bot.domain.sentence import sentence
from bot.messages.outbound import Bold, Code
from bot.messages.plain import in_plain_quotes
from bot.text.error_text import in_english
from bot.text.template import Template


def test_a_command_with_facts_in_it_is_copied_whole() -> None:
    sentence_of_two = Template("Type `iconv -f {encoding} {file}`, then **{name}** `again`.")
    assert sentence_of_two.filled({"encoding": "UTF-16", "file": "l.csv", "name": "Bo"}) == (
        "Type ",
        Code("iconv -f UTF-16 l.csv"),
        ", then ",
        Bold("Bo"),
        " ",
        Code("again"),
        ".",
    )


def test_the_terminal_quotes_a_command_once() -> None:
    error = ConfigurationError(sentence("operations.secrets_readable", file=".env", path="/srv/.env"))
    assert '"chmod go= /srv/.env"' in in_plain_quotes(in_english(error))
