"""The console of agents, leads and administrators, below `/console`, as pages for browsers.

A page has a template here that extends `page.html`, a class that reads it in one transaction and has `ConsoleFrame`
render it, and its routes in `adapters/http/console/`, behind `ConsoleDoor`. What stands in the navigation is
`SECTIONS` of `console_frame.py`. Its words are sentences of the audience `console`, which templates say with
`say("console.…")`; what the scripts say by themselves is `SCRIPT_WORDS`.
"""
