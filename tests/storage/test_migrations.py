"""The schema: migrations and tables agree, and a database of another version is refused in words."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from bot.domain.directory import ChannelRef
from bot.domain.errors import ConfigurationError
from bot.domain.search.stems import Variant
from bot.domain.search.visibility import Visibility
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.queue_order import queue_place
from bot.domain.tickets.ticket import Priority, Status, Ticket
from bot.messages.plain import plain
from bot.ports.storage.search import SoughtTerm, TicketSearch
from bot.ports.unit_of_work import UnitOfWork
from bot.text.error_text import tell
from storage import migrate, open_storage, schema_state
from storage.engine.address import database_at
from storage.engine.columns import from_json
from storage.schema import MIGRATIONS, known_revisions
from storage.tables.desk import metadata
from storage.tables.knowledge.passages import PASSAGES_FTS
from storage.tables.search import FTS_TABLE


def test_migrations_make_exactly_the_tables_of_the_code(database_url: str) -> None:
    engine = create_engine(poolclass=NullPool, **database_at(database_url).engine_arguments())
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_server_default": "postgresql" in database_url, "include_object": is_ours},
        )
        assert compare_metadata(context, metadata) == []


def is_ours(_object: object, name: str | None, _kind: str, is_reflected: bool, _in_code: object) -> bool:
    """But the index of words, which each database has in its own way and the migrations alone make."""
    own = (FTS_TABLE, "ix_search_documents_words", PASSAGES_FTS, "ix_passages_words")
    return not (is_reflected and str(name).startswith(own))


def test_the_code_knows_every_migration_in_order() -> None:
    found = [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]

    assert tuple(reversed(found)) == known_revisions()


def test_a_database_is_made_migrated_and_left_alone_the_second_time(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new folder' / 'desk%20.db'}"

    assert schema_state(url).revision is None
    assert migrate(url).is_current
    assert migrate(url).is_current
    assert schema_state(url).sentence.key == "operations.schema_current"


def test_an_empty_server_database_is_migrated(empty_postgres_url: str) -> None:
    assert schema_state(empty_postgres_url).revision is None
    assert migrate(empty_postgres_url).is_current
    assert schema_state(empty_postgres_url).is_current


def test_opening_a_database_without_tables_says_what_to_run(tmp_path: Path, empty_postgres_url: str) -> None:
    for url in (f"sqlite:///{tmp_path / 'none.db'}", empty_postgres_url):
        with pytest.raises(ConfigurationError, match=r"^operations\.schema_missing"):
            open_storage(url)
    assert not (tmp_path / "none.db").exists()


def test_a_database_newer_than_the_code_is_left_alone(database_url: str) -> None:
    execute(database_url, "UPDATE alembic_version SET version_num = '9999'")

    for refused in (open_storage, migrate):
        with pytest.raises(ConfigurationError, match=r"^operations\.schema_newer\(.*version=9999"):
            refused(database_url)


def test_a_backup_restored_over_newer_tables_is_explained_and_left_as_it_is(database_url: str) -> None:
    execute(database_url, "UPDATE alembic_version SET version_num = '0016'")

    with pytest.raises(ConfigurationError) as refused:
        migrate(database_url)

    (told,) = refused.value.lines
    assert told.key == "operations.schema_not_migrated"
    assert (told.facts["version"], told.facts["needed"]) == ("0016", known_revisions()[-1])
    assert "already exists" in str(told.facts["reason"])
    assert schema_state(database_url).revision == "0016"


def test_an_older_database_is_to_be_migrated_first(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    known = known_revisions()
    monkeypatch.setattr("storage.schema.known_revisions", lambda: (*known, "later"))

    with pytest.raises(ConfigurationError, match=r"operations\.schema_older"):
        open_storage(sqlite_url)


def test_migrations_run_from_wherever_the_package_is_installed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "site packages 100%" / "migrations"
    shutil.copytree(MIGRATIONS, elsewhere)

    assert ScriptDirectory(str(elsewhere)).get_current_head() == known_revisions(elsewhere)[-1]


def test_stages_that_were_counted_are_known_by_their_places_after_the_upgrade(
    empty_postgres_url: str, tmp_path: Path
) -> None:
    for url in (f"sqlite:///{tmp_path / 'old.db'}", empty_postgres_url):
        upgrade_to("0003", url)
        execute(url, OLD_TICKET)
        execute(url, OLD_TIMER)

        migrate(url)

        assert asked(url, "SELECT reached, told, cycle_at FROM sla_timers") == (7, 3, None)
        assert asked(url, "SELECT last_update_at, awaits_reply_since, fields FROM tickets") == (5, None, "{}")


OLD_TICKET = (
    "INSERT INTO tickets (id, prefix, subject, team, requester, priority, status, tags, origin_platform,"
    " origin_channel, is_private, language, why_here, sla_stage, opened_at, updated_at, first_replied_at,"
    " version) VALUES (1, 'IT', 'old', 'it', 'web:ana', 'normal', 'open', '[]', 'web', 'help-it', false, 'en',"
    " '', 0, 0, 0, 5, 1)"
)
OLD_TIMER = (
    "INSERT INTO sla_timers (id, ticket_id, measure, target, spent, stage, announced)"
    " VALUES (1, 1, 'resolution', 1, 0, 3, 2)"
)


def test_tickets_of_before_are_listed_in_the_order_of_today(empty_postgres_url: str, tmp_path: Path) -> None:
    for url in (f"sqlite:///{tmp_path / 'old.db'}", empty_postgres_url):
        upgrade_to("0011", url)
        for number, (status, priority, due_at) in enumerate(OLD_QUEUE, start=1):
            ticket = OLD_TICKET.replace("VALUES (1,", f"VALUES ({number},")
            execute(url, ticket.replace("'normal', 'open'", f"'{priority}', '{status}'"))
            timer = OLD_TIMER.replace("VALUES (1, 1,", f"VALUES ({number}, {number},")
            execute(url, timer)
            execute(url, f"UPDATE sla_timers SET due_at = {due_at or 'NULL'} WHERE id = {number}")

        migrate(url)

        for number, (status, priority, due_at) in enumerate(OLD_QUEUE, start=1):
            same = a_ticket_of_before(Status(status), Priority(priority), due_at)
            found = asked(url, f"SELECT due_at, queue_place FROM tickets WHERE id = {number}")
            assert found == (due_at, queue_place(same))


OLD_QUEUE = [
    ("open", "normal", 7),
    ("new", "urgent", None),
    ("new", "low", None),
    ("on_hold", "high", 9),
    ("pending", "normal", None),
    ("closed", "normal", None),
]


def a_ticket_of_before(status: Status, priority: Priority, due_at: int | None) -> Ticket:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return Ticket(
        why_here=sentence("team.why_no_rule"),
        id=1,
        prefix="IT",
        subject="old",
        team="it",
        requester="web:ana",
        origin=ChannelRef("web", "help-it"),
        opened_at=epoch,
        updated_at=epoch,
        status=status,
        priority=priority,
        due_at=None if due_at is None else epoch + timedelta(microseconds=due_at),
    )


def test_why_a_ticket_is_where_it_is_reads_as_before_after_the_upgrade(
    empty_postgres_url: str, tmp_path: Path
) -> None:
    why = "rule `vpn`: the word “vpn”, \\ and more"
    for url in (f"sqlite:///{tmp_path / 'old.db'}", empty_postgres_url):
        upgrade_to("0011", url)
        execute(url, OLD_TICKET.replace("'', 0, 0, 0, 5, 1)", f"'{why}', 0, 0, 0, 5, 1)"))

        migrate(url)

        (kept,) = asked(url, "SELECT why_here FROM tickets")
        assert plain(tell("en", Sentence.from_json(from_json(kept)))) == why


def test_the_message_that_opened_a_ticket_is_known_after_the_upgrade_and_is_no_note(
    empty_postgres_url: str, tmp_path: Path
) -> None:
    """IT-1 has it in the audit log; IT-2 is older than that, so its earliest public message is taken."""
    for url in (f"sqlite:///{tmp_path / 'old.db'}", empty_postgres_url):
        upgrade_to("0011", url)
        for ticket in (1, 2):
            execute(url, OLD_TICKET.replace("VALUES (1,", f"VALUES ({ticket},"))
            for message, kind, said_at in ((1, "note", 0), (2, "request", 9), (3, "request", 5)):
                execute(
                    url,
                    "INSERT INTO messages (id, ticket_id, kind, author, author_name, text, said_at,"
                    " platform_revision, revision, is_deleted, files)"
                    f" VALUES ({10 * ticket + message}, {ticket}, '{kind}', 'web:ana', 'Ana', '', {said_at},"
                    " '', 1, false, '[]')",
                )
        for event, message in (("TicketOpened", 0), ("MessageAdded", 12), ("MessageAdded", 13)):
            details = f'{{"message": {message}}}' if message else '{"why_here": "\\u0000"}'
            execute(
                url,
                "INSERT INTO audit_log (ticket_id, event, actor, at, details)"
                f" VALUES (1, '{event}', 'web:ana', 0, '{details}')",
            )

        migrate(url)

        assert asked(url, "SELECT opening FROM tickets WHERE id = 1") == (12,)
        assert asked(url, "SELECT opening FROM tickets WHERE id = 2") == (23,)


def test_what_tickets_hold_in_fields_is_found_after_the_upgrade(
    empty_postgres_url: str, tmp_path: Path
) -> None:
    for url in (f"sqlite:///{tmp_path / 'old.db'}", empty_postgres_url):
        upgrade_to("0016", url)
        execute(url, OLD_TICKET)
        execute(url, """UPDATE tickets SET fields = '{"category": "HÄRDWARE", "diary": "one\\ntwo"}'""")

        migrate(url)

        rows = "SELECT name || ' ' || place || ' ' || folded FROM ticket_fields ORDER BY name, place LIMIT 1"
        assert asked(url, rows) == ("category 0 härdware",)
        assert asked(url, "SELECT value FROM ticket_fields WHERE folded = 'two'") == ("two",)


def test_absences_of_before_are_kept_and_another_of_that_person_stands_beside_them(
    empty_postgres_url: str, tmp_path: Path
) -> None:
    for url in (empty_postgres_url, f"sqlite:///{tmp_path / 'desk.db'}"):
        upgrade_to("0019", url)
        execute(url, "INSERT INTO absences VALUES ('web:bo', 1, 2, 'dentist')")
        assert migrate(url).is_current
        execute(
            url, "INSERT INTO absences (person, since, until, reason) VALUES ('web:bo', 3, 4, 'holidays')"
        )
        assert asked(url, "SELECT COUNT(*), MIN(reason) FROM absences") == (2, "dentist")


def test_reasons_that_leads_gave_before_are_still_theirs_after_the_upgrade(
    empty_postgres_url: str, tmp_path: Path
) -> None:
    for url in (f"sqlite:///{tmp_path / 'old.db'}", empty_postgres_url):
        upgrade_to("0041", url)
        for person, reason in (("web:bo", "\x1fill"), ("web:cleo", "holiday")):
            execute(
                url,
                f"INSERT INTO absences (person, since, until, reason) VALUES ('{person}', 1, 2, '{reason}')",
            )
        migrate(url)
        for person, reason, is_by_lead in (("web:bo", "ill", True), ("web:cleo", "holiday", False)):
            found = asked(url, f"SELECT reason, is_by_lead FROM absences WHERE person = '{person}'")
            assert (found[0], bool(found[1])) == (reason, is_by_lead)


def test_facts_of_before_are_kept_each_but_once(empty_postgres_url: str, tmp_path: Path) -> None:
    again = (
        "INSERT INTO ticket_facts (ticket_id, line, kind, at, team, opened_at, since, took, worked, replies,"
        " repliers, is_first) SELECT id, {line}, 'moved', {at}, 'it', 0, 0, 5, 4, 1, 1, true FROM tickets"
        " WHERE true ON CONFLICT DO NOTHING"
    )
    for url in (f"sqlite:///{tmp_path / 'facts.db'}", empty_postgres_url):
        upgrade_to("0016", url)
        execute(url, OLD_TICKET.replace("'', 0, 0, 0, 5, 1)", "'\"\"', 0, 0, 0, 5, 1)"))
        upgrade_to("0033", url)
        execute(url, again.format(line=2, at=7))
        assert migrate(url).is_current
        execute(url, again.format(line=2, at=8))
        execute(url, again.format(line=3, at=7))
        assert asked(url, "SELECT COUNT(*), MIN(at), MAX(at), SUM(took) FROM ticket_facts") == (2, 7, 7, 10)


async def test_tickets_of_before_are_found_once_they_have_been_indexed(
    empty_postgres_url: str, tmp_path: Path
) -> None:
    for url in (f"sqlite:///{tmp_path / 'old.db'}", empty_postgres_url):
        upgrade_to("0016", url)
        execute(url, OLD_TICKET.replace("'', 0, 0, 0, 5, 1)", "'\"\"', 0, 0, 0, 5, 1)"))

        migrate(url)

        storage = open_storage(url)
        assert not await storage.read(lambda uow: uow.search.is_complete())
        assert await storage.run(lambda uow: uow.search.index_more(limit=9)) is False
        assert await storage.read(lambda uow: uow.search.is_complete())
        assert await storage.read(_count_old) == 1
        await storage.close()


def _count_old(uow: UnitOfWork) -> int:
    words = SoughtTerm(variants=(Variant(("old",)),))
    wanted = TicketSearch(now=datetime(2026, 3, 2, tzinfo=UTC), terms=(words,))
    return uow.search.count(wanted, visibility=Visibility(person="web:ana")).count


def test_tickets_of_which_people_were_warned_before_are_at_risk_after_the_upgrade(
    empty_postgres_url: str, tmp_path: Path
) -> None:
    """Its stages are at half of the time, which notifies nobody, and at a quarter, which does."""
    body = '{"stages": [{"share": 0.5, "notify": []}, {"share": 0.25, "notify": ["assignee"]}]}'
    for url in (f"sqlite:///{tmp_path / 'old.db'}", empty_postgres_url):
        upgrade_to("0026", url)
        execute(url, f"INSERT INTO sla_policies (key, body) VALUES ('copy', '{body}')")
        for number, (status, stage, reached, running, breached, _) in enumerate(OLD_STAGES, start=1):
            ticket = OLD_TICKET.replace("VALUES (1,", f"VALUES ({number},").replace("'open'", f"'{status}'")
            execute(url, ticket)
            execute(
                url, f"UPDATE tickets SET sla_policy_copy = 'copy', sla_stage = {stage} WHERE id = {number}"
            )
            execute(url, OLD_TIMER.replace("VALUES (1, 1,", f"VALUES ({number}, {number},"))
            execute(
                url,
                f"UPDATE sla_timers SET stage = {stage}, reached = {reached}, running_since = {running},"
                f" breached_at = {breached} WHERE id = {number}",
            )

        migrate(url)

        for number, (*_, is_warned) in enumerate(OLD_STAGES, start=1):
            found = asked(url, f"SELECT is_warned FROM tickets WHERE id = {number}")
            assert (number, bool(found[0])) == (number, is_warned)


OLD_STAGES: list[tuple[str, int, int, str, str, bool]] = [
    ("open", 0, 0, "5", "NULL", False),
    ("open", 1, 1, "5", "NULL", False),
    ("open", 1, 2, "5", "NULL", True),
    ("open", 2, 3, "5", "NULL", True),
    ("open", 1, 1, "5", "7", True),
    ("pending", 2, 3, "NULL", "NULL", False),
    ("resolved", 2, 3, "5", "NULL", False),
]
"""Status, stages reached and which, since when the timer runs, when it was breached, and whether that is at risk."""


def upgrade_to(revision: str, url: str) -> None:
    """As a desk of an older version left its database."""
    engine = create_engine(poolclass=NullPool, **database_at(url).engine_arguments())
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


@pytest.mark.parametrize("url", ["mysql://root:hunter2@db/desk", "sqlite:///", "desk.db"])
def test_an_address_of_another_kind_is_explained_without_its_password(url: str) -> None:
    with pytest.raises(ConfigurationError, match=r"operations\.database_url_unknown") as refused:
        open_storage(url)

    assert "hunter2" not in str(refused.value)


def execute(url: str, statement: str) -> None:
    path = url.removeprefix("sqlite:///")
    connection: Any = psycopg.connect(url) if path == url else sqlite3.connect(path)
    with closing(connection):
        connection.execute(statement)
        connection.commit()


def asked(url: str, question: str) -> tuple[Any, ...]:
    """The one row that answers."""
    path = url.removeprefix("sqlite:///")
    connection: Any = psycopg.connect(url) if path == url else sqlite3.connect(path)
    with closing(connection):
        return tuple(connection.execute(question).fetchone())
