"""Which tickets a filter means, and the order of queues."""
