"""What the desk knows already: articles, their passages, and who may read them."""
