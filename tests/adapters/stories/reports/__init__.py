"""Reports, told on each platform."""
