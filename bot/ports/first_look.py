"""What a platform shows of itself to whoever sets up or changes a desk there: whose it is, and what can be chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.findings import Finding, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """`reference` is how `desk.yaml` names it, `name` how people do; `place` is the server it is in, by its name.

    `other` is how the file may name it, too: by the platform's id, where the reference is an address.
    """

    reference: str
    name: str
    place: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLook:
    """`places` are the names of the workspaces or servers that the desk is in; none where it was not let in.

    `link` lets it into one, where that takes a link. Findings of channels are for the doctor, who knows the desk.
    """

    places: Sequence[str] = ()
    findings: Sequence[Finding] = ()
    channels: Sequence[Choice] = ()
    people: Sequence[Choice] = ()
    """People and groups of them."""
    link: str = ""
    is_unanswered: bool = False
    """Whether the platform could not be reached, or did not answer: then nothing is known of the tokens."""
    makes_channels: bool = False
    """Whether a channel that `desk.yaml` names is made where there is none of that name."""

    @property
    def is_refused(self) -> bool:
        """Whether the platform does not take the tokens, or said nothing."""
        return not self.places and not self.link

    @property
    def has_errors(self) -> bool:
        return any(each.severity is Severity.ERROR for each in self.findings)
