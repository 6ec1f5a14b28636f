"""A changed SLA policy: what it would have done, and applying it to open tickets."""
