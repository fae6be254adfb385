"""Fixtures of every test live in `opora.testing`."""

from hypothesis import settings

pytest_plugins = [
    "opora.testing.cast",
    "opora.testing.endpoint",
    "opora.testing.replay",
    "opora.testing.second_database",
]

settings.register_profile("opora", deadline=None)  # how long a case takes is for bench/, not for tests
settings.load_profile("opora")
