"""What every storage promises about what is to come of tickets that wait."""
