"""The HTTP server that platforms share: one port for pages, web hooks and health."""
