"""Who is away, and who stands in, in tables."""
