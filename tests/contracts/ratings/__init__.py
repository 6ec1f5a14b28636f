"""What every storage engine must do with surveys and ratings."""
