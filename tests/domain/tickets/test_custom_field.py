"""Which custom fields a ticket has, who is asked for them, and what resolving it needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.domain.tickets.custom_field import CustomField, CustomFields, FieldReaders

TAG = CustomField(name="asset_tag", label="Asset tag", labels={"de": "Inventarnummer"})
TIER = CustomField(name="tier", label="Tier", readers=FieldReaders.AGENTS)
FLOOR = CustomField(name="floor", label="Floor")
CAUSE = CustomField(name="cause", label="Cause", readers=FieldReaders.AGENTS)
FIELDS = CustomFields(
    defined={"asset_tag": TAG, "tier": TIER, "cause": CAUSE},
    by_category={"Hardware": (TAG, TIER)},
    by_inbox={"help-it": (FLOOR, TAG)},
    by_team={"it": (TIER,)},
    required_by_category={"Hardware": ("asset_tag",)},
    required_by_team={"it": ("cause", "asset_tag", "resolution")},
)


@dataclass(kw_only=True)
class ATicket:
    team: str = "network"
    inbox: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


def test_requesters_are_asked_what_category_and_inbox_ask_and_never_what_is_for_agents() -> None:
    assert FIELDS.asked(category="Hardware", inbox="help-it") == (TAG, FLOOR)
    assert FIELDS.asked(category="", inbox=None) == ()


def test_a_ticket_has_each_field_of_its_category_inbox_and_team_once() -> None:
    ticket = ATicket(team="it", inbox="help-it", fields={"category": "Hardware"})
    assert FIELDS.of(ticket) == (TAG, TIER, FLOOR, CAUSE)
    assert FIELDS.of(ATicket()) == ()


def test_the_category_is_a_field_to_be_set_but_not_one_that_the_form_asks_twice() -> None:
    category = CustomField(name="category", label="Category")
    fields = replace(FIELDS, category=category)
    assert fields.of(ATicket()) == (category,)
    assert category not in fields.asked(category="Hardware", inbox="help-it")
    assert fields.definition("category") == category


def test_what_resolving_needs_is_named_once_and_is_a_field_of_the_ticket() -> None:
    ticket = ATicket(team="it", fields={"category": "Hardware"})
    assert FIELDS.required_of(ticket) == ("asset_tag", "cause", "resolution")
    assert FIELDS.of(ATicket(team="it")) == (TIER, CAUSE, TAG)


def test_a_field_that_the_ticket_lost_is_still_known_and_one_that_is_no_more_is_not() -> None:
    assert FIELDS.called("floor", ATicket()) == FLOOR
    assert FIELDS.called("colour", ATicket()) is None


def test_a_label_is_in_the_readers_language_where_the_file_has_it() -> None:
    assert (TAG.label_in("de"), TAG.label_in("fr")) == ("Inventarnummer", "Asset tag")
