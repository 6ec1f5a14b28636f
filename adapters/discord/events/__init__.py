"""What people say in Discord, passed to the intake."""
