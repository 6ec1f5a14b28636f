"""Whether anything that people or probes do grows with the desk."""
