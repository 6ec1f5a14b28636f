"""The `desk.yaml` files of the stories."""

from pathlib import Path

DESK = Path(__file__).with_name("desk.yaml")
CHAT_DESK = Path(__file__).with_name("chat_desk.yaml")
TWO_SERVERS = Path(__file__).with_name("two_servers.yaml")
