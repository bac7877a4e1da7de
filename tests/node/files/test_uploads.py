"""An upload never lies plain on the disk, however large, and has a largest size."""

from __future__ import annotations

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import RequestFactory


def request(size: int):
    return RequestFactory().post("/", {"image": SimpleUploadedFile("x.png", b"x" * size)})


def test_a_large_upload_stays_in_memory():
    """Django would write one of over 2.5 MB into the temporary folder."""
    file = request(6_000_000).FILES["image"]
    assert isinstance(file, InMemoryUploadedFile)
    assert file.size == 6_000_000


def test_there_is_a_largest_size(settings):
    """What is larger is refused before it is held."""
    settings.UPLOAD_MAX_BYTES = 100_000
    with pytest.raises(RequestDataTooBig):
        _ = request(100_001).FILES
    assert request(100_000).FILES["image"].size == 100_000
