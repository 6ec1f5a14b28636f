"""Views: searches with a name, built in, written in `desk.yaml` or saved in chat."""
