"""What somebody looks for among tickets: the words and filters they type, and which tickets they may see."""
