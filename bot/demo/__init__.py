"""The desk that `demo` opens: an example configuration, shipped with the package."""

from pathlib import Path

DESK_FILE = Path(__file__).with_name("desk.yaml")
"""The demo's configuration."""
