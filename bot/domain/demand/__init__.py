"""What is asked for, and how often: requests that say the same, and how many will come."""
