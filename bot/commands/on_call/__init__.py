"""Who is on call, who covers for whom, and who is away."""
