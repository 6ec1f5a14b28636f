"""What requesters say of how it went."""
