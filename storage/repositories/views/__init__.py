"""Views that were saved in chat, in their table."""
