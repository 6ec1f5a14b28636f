"""From checked sections to the desk that runs."""
