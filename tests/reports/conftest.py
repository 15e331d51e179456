import pytest

from plans.registry.load import shipped_registry


@pytest.fixture(scope="session")
def registry():
    return shipped_registry()
