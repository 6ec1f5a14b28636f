"""Run by Alembic inside the transaction that `storage.schema.migrate` opened."""

from alembic import context

from storage.tables.search import search_documents

context.configure(
    connection=context.config.attributes["connection"], target_metadata=search_documents.metadata
)
with context.begin_transaction():
    context.run_migrations()
