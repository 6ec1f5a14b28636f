"""What concerns one person, as they read it, and who is notified of what is shown in a thread."""
