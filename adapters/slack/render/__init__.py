"""What the desk shows, in the form Slack takes; pure."""
