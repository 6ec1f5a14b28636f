"""The one family of errors a person may be shown: each says its sentence by key, with the facts for it."""

from collections.abc import Mapping

from bot.domain.sentence import Fact, Sentence


class DeskbellError(Exception):
    """Something went wrong. `key` is the sentence's in the catalogue, `facts` fill it; `more` is said after it."""

    default = "refusals.failed"
    """What is said where nothing is given."""

    def __init__(self, key: str = "", *more: Sentence, **facts: Fact) -> None:
        self.sentences = (Sentence(key or self.default, facts), *more)
        super().__init__(" ".join(str(each) for each in self.sentences))


class Refused(DeskbellError):
    """What somebody asked for is not done, and they are told why."""


class FieldsRefused(Refused):
    """A form as it was filled in. `fields` says by field name what is wrong with it."""

    def __init__(self, fields: Mapping[str, Sentence]) -> None:
        super().__init__()
        self.sentences = tuple(fields.values())
        self.fields = fields


class NotAllowed(Refused):
    """Others may do that."""

    default = "refusals.not_allowed"


class TicketNotFound(Refused):
    default = "refusals.no_such_ticket"


class AlreadyTaken(Refused):
    """Somebody else has this ticket."""


class ClaimedByOther(AlreadyTaken):
    """Somebody else has this ticket already."""

    def __init__(self, reference: str, holder: str) -> None:
        super().__init__("refusals.already_assigned_to", reference=reference, name=holder)
        self.reference = reference
        self.holder = holder


class AlreadySo(Refused):
    """Nothing had to be changed."""


class LimitReached(Refused):
    """More than is taken just now."""


class FileTooLarge(Refused):
    """Larger than files may be."""


class TechnicalError(DeskbellError):
    """What an operator has to fix: `sentence` tells them, in English. Other people read what it means for them.

    `lines` are all of it where there is more to fix than one thing: the sentence, and those given after it.
    """

    def __init__(self, sentence: Sentence | None = None, *more: Sentence) -> None:
        super().__init__()
        self.sentence = sentence or Sentence(self.default)
        self.lines = (self.sentence, *more)
        self.args = (str(self.sentence),)


class UsageError(TechnicalError):
    """What was typed at the terminal cannot be done."""


class HistoryUnavailable(TechnicalError):
    """What was said somewhere cannot be read just now."""

    default = "refusals.history_unavailable"


class ConfigurationError(TechnicalError):
    """The configuration cannot be used."""

    default = "refusals.configuration_unusable"


class StorageUnavailable(TechnicalError):
    """The database cannot be reached or written just now."""

    default = "refusals.storage_unavailable"


class StorageContended(StorageUnavailable):
    """Two that wait for one another's rows: the database refused this one, and alone it may go through."""


def reason_of(error: OSError) -> str:
    """What the operating system says, in its own words."""
    return error.strerror or type(error).__name__
