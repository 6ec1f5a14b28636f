"""A folder of Markdown that becomes articles: front matter, titles, and what is wrong with a file."""
