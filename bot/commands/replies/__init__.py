"""Commands about replies that have not left yet."""
