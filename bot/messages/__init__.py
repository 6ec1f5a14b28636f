"""What crosses the platform border: inbound is what people did, outbound is what we show them."""
