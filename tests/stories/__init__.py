"""Stories told through the whole bot in one process: browser workspace, desk, SQLite, and a clock to move."""
