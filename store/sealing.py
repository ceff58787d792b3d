"""Secrets at rest: sealed with the first key, opened with any. A secret no key opens is refused."""

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.domain.errors import ConfigError

_PURPOSE = b"clientops installation token"
_NO_KEY = "CLIENTOPS_SECRET_KEY is not set, but the stored tokens are sealed with one."
_OTHER_KEY = (
    "CLIENTOPS_SECRET_KEY does not open the stored tokens: give the key they were sealed with, "
    "or install the app again."
)


class Seal:
    """Without keys nothing is kept: a secret seals to nothing, and nothing opens to nothing.

    So a token that comes from the environment never reaches the database.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(_derived(key)) for key in keys]) if keys else None

    def seal(self, secret: str) -> str:
        if self._fernet is None or not secret:
            return ""
        return self._fernet.encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """Raises ConfigError when none of the keys fits."""
        if not sealed:
            return ""
        try:
            return self._require().decrypt(sealed).decode()
        except InvalidToken as error:
            raise ConfigError([_OTHER_KEY]) from error

    def reseal(self, sealed: str) -> str:
        """The same secret under the first key. Raises ConfigError when none of the keys fits."""
        return self.seal(self.open(sealed))

    def _require(self) -> MultiFernet:
        if self._fernet is None:
            raise ConfigError([_NO_KEY])
        return self._fernet


def _derived(key: str) -> bytes:
    """A Fernet key out of a secret of any length."""
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE)
    return base64.urlsafe_b64encode(kdf.derive(key.encode()))
