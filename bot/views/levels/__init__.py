"""What a team reads of tickets that it goes on with."""
