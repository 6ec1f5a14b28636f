"""What people say in Slack, passed to the intake."""
