"""What people type and press about levels."""
