"""The commands of the terminal: a module is what may be typed of one, and imports what it does when it runs."""
