"""Storage of replies that have not left, and of who is writing one."""
