"""Reports at a browser: the same services and words as in chat, their tables as HTML, their charts as SVG."""
