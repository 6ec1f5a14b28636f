"""Rows of the articles that were shown are made of what offers hold, when an older database is upgraded."""

from pathlib import Path

from storage.schema import migrate
from tests.storage.test_migrations import asked, execute, upgrade_to


def test_what_was_shown_before_is_known_by_its_articles_after_the_upgrade(
    empty_postgres_url: str, tmp_path: Path
) -> None:
    shown = (
        '[{"article": "vpn", "title": "VPN"}, {"article": "", "title": "Guests"}, {"article": "vpn", "title": "VPN"},'
        ' {"article": "it.wall", "title": "Wall", "is_for_everybody": false},'
        ' {"article": "reply//7", "title": "", "is_for_everybody": false}]'
    )
    for url in (f"sqlite:///{tmp_path / 'older.db'}", empty_postgres_url):
        upgrade_to("0054", url)
        for offer, passages in ((1, shown), (2, "[]")):
            execute(
                url,
                "INSERT INTO article_offers (id, person, mode, state, at, team, channel, source, shown, request)"
                f" VALUES ({offer}, 'web:ana', 'beside', 'shown', 1, 'it', 'web:help-it', '', '{passages}', '{{}}')",
            )
        migrate(url)
        for place, name in enumerate(("Guests", "reply//", "vpn")):
            rows = "SELECT article || ' ' || offer_id FROM shown_articles ORDER BY lower(article)"
            assert asked(url, f"{rows} LIMIT 1 OFFSET {place}") == (f"{name} 1",)
        assert asked(url, "SELECT count(*) FROM shown_articles") == (3,)
