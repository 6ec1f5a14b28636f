"""The tables of messages whose author was asked what they are for, and of what is said under them meanwhile."""

from sqlalchemy import Column, Index, Table, Text

from storage.tables.desk import big, metadata

open_questions = Table(
    "open_questions",
    metadata,
    Column("asked", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("due_at", big(), nullable=False),
    sqlite_with_rowid=False,
)
"""`asked` is the message's key; what it says is in its question's outbox row."""
Index("ix_open_questions_due_at", open_questions.c.due_at)

question_words = Table(
    "question_words",
    metadata,
    Column("key", Text, primary_key=True),
    Column("id", big(), nullable=False),
    Column("asked", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("said", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""`key` is the message's own, `asked` the question's; `id` gives the order."""
Index("ix_question_words_asked", question_words.c.asked, question_words.c.id)
