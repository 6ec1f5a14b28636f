"""When somebody is asked once more, and when a claim lapses."""
