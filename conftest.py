"""Fixtures of every test live in `opora.testing`."""

pytest_plugins = ["opora.testing.cast", "opora.testing.endpoint", "opora.testing.replay"]
