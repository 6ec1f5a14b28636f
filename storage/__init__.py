"""Rows in, domain objects out: the desk's database, on SQLite or PostgreSQL, behind one asynchronous door."""

from storage.opening import open_storage as open_storage
from storage.schema import migrate as migrate
from storage.schema import schema_state as schema_state
