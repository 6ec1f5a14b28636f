"""Settings changed where people chat."""
