"""How long generated tests run: `REFORMKIT_EXAMPLES` raises every Hypothesis test's number of examples."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "reformkit",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    max_examples=int(os.environ.get("REFORMKIT_EXAMPLES", "100")),
)
settings.load_profile("reformkit")
