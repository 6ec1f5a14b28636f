"""The console's pages besides tickets: teams, figures, what is wrong, and articles."""
