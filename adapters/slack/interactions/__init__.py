"""Commands, buttons, menus and forms in Slack."""
