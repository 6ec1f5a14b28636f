"""Between the page's JSON and the desk's messages; pure."""
