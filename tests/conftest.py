"""How long generated tests run: `REFORMKIT_EXAMPLES` raises every Hypothesis test's number of examples.

And a PostgreSQL, where one can be had.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "reformkit",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    max_examples=int(os.environ.get("REFORMKIT_EXAMPLES", "40")),
)
settings.load_profile("reformkit")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL for tests; they are skipped, with a word, where there is none."""
    from tests.postgresql import cluster, why_not

    if reason := why_not():
        pytest.skip(reason)
    with cluster() as url:
        yield url
