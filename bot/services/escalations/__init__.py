"""What follows a warning or a breach until somebody acts: alerts, steps and whom they reach."""
