"""Replies that have not left, and who is writing one."""
