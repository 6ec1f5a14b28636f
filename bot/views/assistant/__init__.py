"""What agents are shown of a ticket at a glance, and of what a language model answered."""
