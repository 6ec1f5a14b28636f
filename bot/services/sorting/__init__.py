"""What learned sorting says of a new request, and what people make of that."""
