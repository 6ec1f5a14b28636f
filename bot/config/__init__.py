"""`desk.yaml` becomes a checked `Desk`; whatever is wrong with it is said with its line, all at once."""

from bot.config.loading import Configuration, load_configuration, load_desk

__all__ = ["Configuration", "load_configuration", "load_desk"]
