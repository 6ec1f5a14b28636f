"""Who is signed in at a browser: sessions, the one-time links that begin them, how long they last."""
