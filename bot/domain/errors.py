"""The one family of errors a person may be shown. A class's docstring is its default message."""

from collections.abc import Mapping


class DeskbellError(Exception):
    """Something went wrong."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (type(self).__doc__ or "").strip())

    @property
    def sentence(self) -> str:
        """What to tell the person, in whole sentences."""
        return str(self)


class Refused(DeskbellError):
    """That is not possible just now."""


class FieldsRefused(Refused):
    """Something in the form is not right."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        """`fields` says by field name what is wrong with it."""
        super().__init__(" ".join(fields.values()))
        self.fields = fields


class NotAllowed(Refused):
    """You may not do that."""


class TicketNotFound(Refused):
    """There is no such ticket."""


class AlreadyTaken(Refused):
    """Somebody else has this ticket already."""


class AlreadySo(Refused):
    """That is already so; nothing was changed."""


class LimitReached(Refused):
    """That is more than is taken just now."""


class FileTooLarge(Refused):
    """That file is larger than this desk accepts."""


class HistoryUnavailable(DeskbellError):
    """What was said there cannot be read just now."""


class ConfigurationError(DeskbellError):
    """The configuration cannot be used."""


class StorageUnavailable(DeskbellError):
    """The database cannot be reached or written just now."""
