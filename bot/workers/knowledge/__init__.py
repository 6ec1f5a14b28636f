"""What happens to articles by themselves."""
