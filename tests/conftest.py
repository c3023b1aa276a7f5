"""Settings for all tests: Hypothesis measures no time, because other work may run beside."""

from hypothesis import settings

settings.register_profile("course", deadline=None)
settings.load_profile("course")
