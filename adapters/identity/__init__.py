"""Identity providers, asked over HTTP: OpenID Connect, and platforms' own ways to say whose account it is."""
