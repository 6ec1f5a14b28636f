"""What every storage promises about versions of desk.yaml."""
