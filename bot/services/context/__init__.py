"""What every use case stands on: who acts, when, under which configuration, in which transaction."""
