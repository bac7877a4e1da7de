"""A push service on this machine, over TLS: takes what the node posts, as RFC 8030 says, and opens it as a browser.

It decrypts with another implementation (http-ece) and checks the sender's token with another library's eyes (the
public key that came with it), so that an error cannot hide on both sides.
"""

from __future__ import annotations

import datetime
import ipaddress
import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import http_ece
import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from limen.node.notices.keys import as_bytes, as_text, uncompressed


class Browser:
    """What a browser keeps for itself: a private key and a secret."""

    def __init__(self, service: PushService, name: str) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = name.encode().ljust(16, b"-")[:16]
        self.endpoint = f"https://{service.host}/push/{name}"
        self.path = f"/push/{name}"

    @property
    def subscription(self):
        """As `PushSubscription.toJSON` gives it."""
        point = uncompressed(self.key.public_key())
        return {"endpoint": self.endpoint, "expirationTime": None,
                "keys": {"p256dh": as_text(point), "auth": as_text(self.auth)}}  # fmt: skip

    def open(self, body: bytes) -> bytes:
        """Decrypt what the push service hands over."""
        return http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth)


class PushService:
    """A server at a free port, with a certificate of its own."""

    def __init__(self, folder: Path) -> None:
        self.answers: dict[str, tuple[int, dict[str, str]]] = {}
        """Path, and what is answered instead of 201."""
        self.taken: list[tuple[str, dict[str, str], bytes]] = []
        self.certificate = folder / "push.pem"
        key = _certify(self.certificate, folder / "push.key")
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.taken.append((self.path, dict(self.headers), body))
                status, headers = service.answers.get(self.path, (201, {"Location": "/message/1"}))
                self.send_response(status)
                for name, value in {**headers, "Content-Length": "0"}.items():
                    self.send_header(name, value)
                self.end_headers()

            do_GET = do_POST  # noqa: N815

            def log_message(self, *_) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, key)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.host = f"localhost:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop it."""
        self.server.shutdown()
        self.server.server_close()

    def check_sender(self, headers: dict[str, str], public: str) -> dict[str, object]:
        """Check the token of RFC 8292 against the key that the browser was subscribed with; give its claims."""
        scheme, _, rest = headers["Authorization"].partition(" ")
        assert scheme == "vapid"
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        assert parts["k"] == public
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), as_bytes(parts["k"]))
        return jwt.decode(parts["t"], key, algorithms=["ES256"], audience=f"https://{self.host}")

    def shown(self, browser: Browser) -> list[dict[str, object]]:
        """What a browser would show, in the order in which it came."""
        return [json.loads(browser.open(body)) for path, _, body in self.taken if path == browser.path]


def _certify(place: Path, key_place: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    place.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_place.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return key_place
