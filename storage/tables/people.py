"""The tables of people: their accounts, links between these, codes that make links, and notes."""

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text, false, text, true

from storage.tables.desk import big, metadata

people = Table(
    "people",
    metadata,
    Column("key", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text),
    Column("time_zone", Text),
    Column("language", Text, nullable=False),
    Column("groups", Text, nullable=False),
    Column("tier", Text),
    Column("is_bot", Boolean, nullable=False),
    Column("platform", Text, nullable=False),
    Column("handle_folded", Text, nullable=False),
    Column("name_folded", Text, nullable=False),
    Column("email_folded", Text),
    Column("is_active", Boolean, nullable=False, server_default=true()),
    Column("is_guest", Boolean, nullable=False, server_default=false()),
    Column("picture", Text, nullable=False, server_default=text("''")),
    Column("handles", Text, nullable=False, server_default=text("'[]'")),
)
Index("ix_people_handle_folded", people.c.handle_folded)
Index("ix_people_name_folded", people.c.name_folded)
Index("ix_people_email_folded", people.c.email_folded)

identity_links = Table(
    "identity_links",
    metadata,
    Column("account", Text, primary_key=True),
    Column("other", Text, primary_key=True),
    Column("way", Text, nullable=False),
    Column("linked_by", Text, nullable=False),
    Column("at", big(), nullable=False),
    Column("is_removed", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
"""Each link is there twice, once from each of its accounts."""

link_codes = Table(
    "link_codes",
    metadata,
    Column("account", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("made_at", big(), nullable=False),
)
Index("ix_link_codes_code", link_codes.c.code, unique=True)

link_tries = Table(
    "link_tries",
    metadata,
    Column("account", Text, primary_key=True),
    Column("since", big(), nullable=False),
    Column("number", Integer, nullable=False),
)

person_notes = Table(
    "person_notes",
    metadata,
    Column("id", big(), primary_key=True, autoincrement=False),
    Column("account", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", big(), nullable=False),
    Column("communities", Text, nullable=False),
    Column("is_removed", Boolean, nullable=False),
)
Index("ix_person_notes_account", person_notes.c.account)
