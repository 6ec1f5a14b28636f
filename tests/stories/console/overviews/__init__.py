"""The console's pages beside the tickets: team, figures, knowledge, health."""
