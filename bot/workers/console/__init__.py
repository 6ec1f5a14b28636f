"""What runs while consoles are open."""
