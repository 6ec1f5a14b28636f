"""What the commands of the terminal do. A module here is loaded when its command is run, never to show its help."""
