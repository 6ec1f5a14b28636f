"""What every storage promises about tickets that other teams go on with."""
