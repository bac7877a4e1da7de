"""The same in a store that speaks S3."""

from __future__ import annotations

import boto3
import pytest
from django.core.files.base import ContentFile

from limen.node.config import load_config
from limen.node.environment import Environment
from limen.node.files.keys import Keyring
from limen.node.files.storage import EncryptedStorage, inner_storage


@pytest.fixture
def bucket(monkeypatch):
    moto = pytest.importorskip("moto.server")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    server = moto.ThreadedMotoServer(port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    values = {
        "LIMEN_S3_BUCKET": "limen",
        "LIMEN_S3_ENDPOINT": f"http://127.0.0.1:{port}",
        "LIMEN_S3_ACCESS_KEY": "key",
        "LIMEN_S3_SECRET_KEY": "secret",
    }
    client = boto3.client(
        "s3",
        endpoint_url=values["LIMEN_S3_ENDPOINT"],
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        region_name="us-east-1",
    )
    client.create_bucket(Bucket="limen")
    yield load_config(Environment(values)), client
    client.close()
    server.stop()


@pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
def test_files_in_a_bucket(bucket, settings):
    """Large and small, encrypted there too, and gone when deleted."""
    settings.CONFIG, client = bucket
    storage = EncryptedStorage(inner_storage(), Keyring((bytes(32),)))
    for plain in (b"", b"face", b"face" * 3_000_000):
        name = storage.save("originals/x.jpg", ContentFile(plain))
        with storage.open(name) as file:
            assert file.read() == plain
        assert storage.size(name) == len(plain)
        assert b"face" not in client.get_object(Bucket="limen", Key=name)["Body"].read()
        storage.delete(name)
        assert not storage.exists(name)
