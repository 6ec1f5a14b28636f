"""Requests as people write them to an IT desk: two hundred people, texts of one to a dozen sentences."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime

from bot.domain.directory import ChannelRef, Person
from bot.messages.inbound import Location, MessagePosted, RequestImported, message_key

PEOPLE = 200
PLACE = ChannelRef("web", "help-it")
_OPENINGS = ("Hello", "Hi team", "Good morning", "Dear colleagues", "Hey", "Hi there", "Hello IT")
_THINGS = (
    *("laptop", "docking station", "second monitor", "keyboard", "printer on the third floor", "headset"),
    *("VPN client", "wifi in meeting room 4", "mailbox", "calendar", "shared folder", "project share"),
    *("password", "account", "phone", "spreadsheet with the plans", "browser", "time sheet", "badge"),
)
_TROUBLES = (
    "does not start any more since the update on {day}",
    "stopped working {day}, although nobody changed anything",
    "asks for a password again and again and then says that access was denied",
    "is very slow, every click takes about {number} seconds",
    "shows error {code} whenever I try to open a document",
    "is missing; I looked everywhere and asked {name}, who has not seen it either",
    "has to be moved to the new office before {day}, room {number}",
    "needs more space: {number} GB is not enough for the project {code}",
)
_DETAILS = (
    "I restarted it twice, which changed nothing.",
    "My colleague {name} has the same problem; her desk is number {number}.",
    "It is not urgent, but I cannot finish the report for {day} without it.",
    "The last time this happened you sent me a new cable, and then it was fine for {number} days.",
    "I am in the office until {day} and can be reached by phone, extension {code}.",
    "Could you also check whether the licence is still valid?",
    "What I have tried so far: another network, another browser, another user on the same machine.",
    "Please tell me if you need the serial number; it ends in {code}.",
    "Thank you for your help, and kind regards",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "yesterday", "last week", "this morning")
_NAMES = ("Anna", "Bruno", "Chiara", "Dilek", "Erik", "Fatima", "Goran", "Hélène", "Ingrid", "José")


def people(count: int = PEOPLE) -> list[Person]:
    chance = random.Random(11)
    return [
        Person(
            key=f"web:person{number}",
            name=f"{chance.choice(_NAMES)} {number}",
            email=f"person{number}@example.com",
            time_zone="Europe/Berlin",
        )
        for number in range(count)
    ]


def messages(count: int, *, seed: int = 5, first: int = 0) -> Iterator[MessagePosted]:
    """So many messages, each a request of its own, the people taking turns."""
    chance, everybody = random.Random(seed), people()
    for number in range(first, first + count):
        message_id = f"m{number}"
        yield MessagePosted(
            key=message_key(PLACE, message_id),
            actor=everybody[number % PEOPLE],
            location=Location(channel=PLACE),
            at=datetime.now(UTC),
            message_id=message_id,
            text=text(chance),
        )


def imports(count: int) -> Iterator[RequestImported]:
    """The same as rows of a file: the desk's own acknowledgement begins their threads."""
    for message in messages(count):
        yield RequestImported(
            key=f"import:{message.message_id}",
            actor=message.actor,
            location=message.location,
            at=message.at,
            text=message.text,
        )


def text(chance: random.Random) -> str:
    """About sixty words on average; no two alike."""
    sentences = [f"{chance.choice(_OPENINGS)}, my {chance.choice(_THINGS)} {chance.choice(_TROUBLES)}."]
    sentences += chance.sample(_DETAILS, k=chance.randint(0, 8))
    return " ".join(
        sentence.format(
            day=chance.choice(_DAYS),
            name=chance.choice(_NAMES),
            number=chance.randint(2, 90),
            code=chance.randint(1_000, 99_999),
        )
        for sentence in sentences
    )
