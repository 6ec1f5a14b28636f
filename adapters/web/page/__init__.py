"""The page as it is sent: one script, one style sheet, and its words."""
