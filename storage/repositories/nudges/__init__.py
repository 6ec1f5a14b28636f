"""What is to come of tickets on which somebody is waited for."""
