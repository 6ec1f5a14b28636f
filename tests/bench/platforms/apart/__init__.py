"""Slack and the app in processes of their own, so that neither pays for the other: what each costs is measurable."""
