"""What every storage says of requests that say the same."""
