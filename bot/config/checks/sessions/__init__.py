"""What signing in needs besides a sound file."""
