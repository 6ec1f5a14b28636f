"""Commands, buttons, menus and forms in Discord."""
