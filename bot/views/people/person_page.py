"""What an agent may know of a person, as one message: who they are, notes on them, what they asked, how it ended."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from bot.domain.directory import Person
from bot.domain.people.identity import Link
from bot.domain.tickets.subject import subject_of
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Bold, Code, Moment, RichText, Span
from bot.ports.storage.search import FoundTickets
from bot.services.people.profile import Profile, TicketOutcome
from bot.text import terms
from bot.text.amounts import ago, listed, number
from bot.text.instants import in_words, known_zone
from bot.text.sentences import joined, say, words
from bot.views.lists.ticket_line import private_mark

SUBJECT = 60
REASON = 120
"""Characters of a subject, and of what was said with an outcome."""


def person_page(
    profile: Profile,
    *,
    references: Mapping[int, Span],
    names: Mapping[str, str],
    looked_up: Iterable[tuple[str, str]],
    now: datetime,
    language: str,
) -> RichText:
    """`references` are the ways to the tickets, by their ids; `names` those of authors of notes, by their keys.

    `looked_up` is what other systems say, labels with values.
    """
    parts = [
        _head(profile, now=now, language=language),
        joined(*((f"{label}: {value}",) for label, value in looked_up), by="\n"),
        _accounts(profile, language),
        _notes(profile, names, language),
        _open(profile, references, now=now, language=language),
        _earlier(profile, references, language),
        _ratings(profile, language),
    ]
    return joined(*(part for part in parts if part), by="\n\n")


def _head(profile: Profile, *, now: datetime, language: str) -> RichText:
    facts = person_facts(profile, now=now, language=language)
    return joined((Bold(profile.person.name),), *facts, by="\n")


def person_facts(profile: Profile, *, now: datetime, language: str) -> Iterator[RichText]:
    """A line each, of what is known of any of their accounts; nothing is said of what is not."""
    accounts = profile.accounts
    if not profile.person.is_active:
        yield say(language, "people.deactivated")
    if any(each.is_guest for each in accounts):
        yield say(language, "people.guest")
    if tier := _first(each.tier for each in accounts):
        yield (f"{words(language, 'people.tier')}: {tier}",)
    if addresses := dict.fromkeys(each.email for each in accounts if each.email):
        yield (listed(addresses, language),)
    if zone := known_zone(_first(each.time_zone for each in accounts)):
        at = in_words(now, zone=zone, language=language)
        yield say(language, "people.local_time", at=at, zone=zone.key)
    if profile.worked:
        led = [each.title for each in profile.led]
        worked = [each.title for each in profile.worked if each not in profile.led]
        if led:
            yield say(language, "people.lead_of", teams=listed(led, language))
        if worked:
            yield say(language, "people.agent_of", teams=listed(worked, language))
        yield say(language, "people.holds", count=profile.held)
    if groups := _groups(profile.groups):
        yield say(language, "people.groups", groups=listed(groups, language))


def _first(values: Iterator[str | None]) -> str | None:
    return next((each for each in values if each), None)


def _groups(groups: Iterable[str]) -> list[str]:
    """Those with a name: a platform may know groups by numbers alone, which tell nobody anything."""
    parted = {group.rpartition(":@")[1:] for group in groups}
    return [f"@{name}" if mark else name for mark, name in sorted(parted) if name and not name.isdigit()]


def _accounts(profile: Profile, language: str) -> RichText:
    """Where there is more than the one that was asked for; each with what links it."""
    if len(profile.accounts) == 1:
        return ()
    lines = [_account(each, profile.links, language) for each in profile.accounts]
    return joined((Bold(words(language, "people.accounts")),), *lines, by="\n")


def _account(account: Person, links: Sequence[Link], language: str) -> RichText:
    """A link tells of both its accounts, so it stands with that one of them which it was made from."""
    line: RichText = (f"{account_name(account)} · ", Code(account.key))
    made = [each for each in links if each.account == account.key or each.other == account.key]
    if made:
        line = (*line, " · ", *say(language, f"people.linked_by_{made[0].way}", at=Moment(made[0].at)))
    return line


def account_name(account: Person) -> str:
    """`Ana Alves (Slack)`: accounts of one person tend to go by one name."""
    return f"{account.name} ({account.platform.capitalize()})"


def _notes(profile: Profile, names: Mapping[str, str], language: str) -> RichText:
    if not profile.notes:
        return ()
    lines = [
        say(
            language,
            "people.note_line",
            number=place,
            text=each.text,
            name=names.get(each.author, each.author),
            at=Moment(each.at),
        )
        for place, each in enumerate(profile.notes, start=1)
    ]
    return joined((Bold(words(language, "people.notes")),), *lines, by="\n")


def _open(profile: Profile, references: Mapping[int, Span], *, now: datetime, language: str) -> RichText:
    if not profile.open.count:
        return (
            say(language, "people.none_open")
            if profile.earlier.count
            else say(language, "people.none", name=profile.person.name)
        )
    lines = [
        (
            references[each.id],
            f" {subject_of(each.subject, limit=SUBJECT)} · {_status(profile, each, language)} · ",
            ago((now - each.opened_at).total_seconds(), language),
            *_snooze(profile, each, language),
            f" · {mark}" if (mark := private_mark(each, language)) else "",
        )
        for each in profile.open.tickets
    ]
    more = _more(profile.open, language)
    return joined(_counted("people.open", profile.open.count, language), *lines, *more, by="\n")


def _status(profile: Profile, ticket: Ticket, language: str) -> str:
    """Of a duplicate what it is part of."""
    if (original := profile.originals.get(ticket.id)) is not None:
        return words(language, "people.part_of", reference=original)
    return terms.status(ticket.status, language)


def _more(found: FoundTickets, language: str) -> Iterator[RichText]:
    left = found.count - len(found.tickets)
    if left > 0:
        yield say(language, "people.more", count=left)


def _snooze(profile: Profile, ticket: Ticket, language: str) -> RichText:
    """So that nobody wonders why it rests."""
    until = profile.snoozes.get(ticket.id)
    return () if until is None else (" · ", *say(language, "commands.snoozed_until", until=Moment(until)))


def _earlier(profile: Profile, references: Mapping[int, Span], language: str) -> RichText:
    if not profile.earlier.count:
        return ()
    lines = [
        _ended(each, references[each.id], profile.outcomes[each.id], language, profile.originals.get(each.id))
        for each in profile.earlier.tickets
    ]
    more = _more(profile.earlier, language)
    return joined(_counted("people.earlier", profile.earlier.count, language), *lines, *more, by="\n")


def _ratings(profile: Profile, language: str) -> RichText:
    good, count = profile.ratings
    if not count:
        return ()
    facts = {"good": number(good, language), "number": number(count, language)}
    return say(language, "people.ratings", **facts)


def _ended(
    ticket: Ticket, reference: Span, outcome: TicketOutcome, language: str, original: str | None
) -> RichText:
    if original is not None:
        part = words(language, "people.part_of", reference=original)
        return (reference, f" {subject_of(ticket.subject, limit=SUBJECT)} · {part}")
    how = "resolved" if outcome.is_resolved else "withdrawn" if outcome.is_withdrawn else "closed"
    reason = " ".join(outcome.reason.split())
    facts = {"reason": reason if len(reason) <= REASON else f"{reason[:REASON]}…"} if reason else {}
    key = f"people.ended_{how}_because" if reason else f"people.ended_{how}"
    ended = say(language, key, at=Moment(outcome.at), **facts)
    mark = private_mark(ticket, language)
    return (
        reference,
        f" {subject_of(ticket.subject, limit=SUBJECT)} · ",
        *ended,
        f" · {mark}" if mark else "",
    )


def _counted(key: str, count: int, language: str) -> RichText:
    return (Bold(words(language, key)), f" · {number(count, language)}")
