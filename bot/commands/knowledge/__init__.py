"""The knowledge base in chat: articles to find and read, to write, and to answer with."""
