"""What `sign_in` of `desk.yaml` may say: how people sign in at a browser, and for how long."""

from datetime import timedelta
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from bot.config.file.field_types import ElapsedTime, wrong
from bot.config.file.section import Section
from bot.config.schema.sessions.providers import SignInProviderSection, no_name_twice
from bot.domain.sessions.policy import USUAL_POLICY, SignInPolicy

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(days=365)


def _within_reason(length: timedelta) -> timedelta:
    if not SHORTEST <= length <= LONGEST:
        raise wrong("configuration.sign_in_range", least=SHORTEST, most=LONGEST)
    return length


Stay = Annotated[ElapsedTime, AfterValidator(_within_reason)]


class SignInSection(Section):
    """How people sign in at a browser, and for how long."""

    idle: Stay = Field(
        default=USUAL_POLICY.idle, description="`12h`: a session that is not used for so long is over."
    )
    longest: Stay = Field(
        default=USUAL_POLICY.longest, description="`30d`: after that people sign in again, whatever they do."
    )

    providers: Annotated[list[SignInProviderSection], AfterValidator(no_name_twice)] = Field(
        [],
        max_length=8,
        description="Who else may vouch for people, besides links; in the order of the buttons.",
    )

    @model_validator(mode="after")
    def _is_idle_before_its_end(self) -> Self:
        if self.idle > self.longest:
            raise wrong("configuration.sign_in_idle", at="idle", longest=self.longest)
        return self

    def compiled(self) -> SignInPolicy:
        return SignInPolicy(
            idle=self.idle,
            longest=self.longest,
            providers=tuple(each.compiled() for each in self.providers),
        )
