"""The kinds of figures, one a module; the figures report, its files and posts follow from what they declare."""
