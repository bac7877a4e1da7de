"""What every test shares."""

import pytest


@pytest.fixture(autouse=True)
def no_store_of_ones_own(tmp_path_factory, monkeypatch):
    """No test reads the trust store or the references of whoever runs it."""
    monkeypatch.setenv("LIMEN_TRUST", str(tmp_path_factory.getbasetemp() / "none" / "trust.sqlite"))
    monkeypatch.setenv("LIMEN_REFERENCES", str(tmp_path_factory.getbasetemp() / "none" / "references"))
