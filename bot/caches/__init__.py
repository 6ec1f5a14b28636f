"""What this process remembers between transactions; each is right again after a restart, at a cost."""
