"""The provider's process: `python -m tests.identity.serve PORT ADDRESS_OF_RETURN...` with IDENTITY_STATE set."""

import os
import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.apps import apps
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests read their own side's log."""


def _make_key(state: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (state / "key.pem").write_bytes(key.private_bytes(*form))


def _people(returns: list[str]) -> None:
    call_command("migrate", verbosity=0)
    apps.get_model("auth", "User").objects.create_user("agent", password="agent")
    client = apps.get_model("allauth_idp_oidc", "Client")(id="coalition", name="Coalition")
    client.set_secret("secret-of-the-tests")
    client.set_scopes(["openid", "email", "profile"])
    client.set_redirect_uris(returns)
    client.save()


def main() -> None:
    port, returns = int(sys.argv[1]), sys.argv[2:]
    _make_key(Path(os.environ["IDENTITY_STATE"]))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.identity.settings"
    django.setup()
    _people(returns)
    make_server("127.0.0.1", port, get_wsgi_application(), Server, Quiet).serve_forever()


if __name__ == "__main__":
    main()
