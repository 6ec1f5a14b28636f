"""Articles as pages of the web, for whoever may read them."""
