"""What the desk keeps of its knowledge: articles with all their versions."""
