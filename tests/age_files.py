"""Identities behind a passphrase that open at once.

pyrage and age make the derivation slow on purpose, a second or more each time: too long for
tests that are not about it. The format lets the file say how slow it is (logN): here, two.
https://github.com/C2SP/C2SP/blob/main/age.md
"""

import base64
import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

PASSPHRASE = "une phrase assez longue"
_LOG_N = 1


def write_identity(path, identity, passphrase=PASSPHRASE):
    """`identity` in the file `path`, as `reperes-desk keygen` writes it; its public key."""
    path.write_bytes(_sealed(f"{identity}\n".encode(), passphrase.encode()))
    return str(identity.to_public())


def _sealed(text, passphrase):
    file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    wrap_key = hashlib.scrypt(
        passphrase, salt=b"age-encryption.org/v1/scrypt" + salt, n=2**_LOG_N, r=8, p=1, dklen=32
    )
    wrapped = ChaCha20Poly1305(wrap_key).encrypt(bytes(12), file_key, None)
    header = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (
        _b64(salt),
        _LOG_N,
        _b64(wrapped),
    )
    mac = hmac.digest(_hkdf(file_key, b"", b"header"), header, "sha256")
    last_chunk = bytes(11) + b"\x01"
    payload = ChaCha20Poly1305(_hkdf(file_key, nonce, b"payload")).encrypt(last_chunk, text, None)
    return header + b" " + _b64(mac) + b"\n" + nonce + payload


def _hkdf(secret, salt, info):
    pseudo_random_key = hmac.digest(salt or bytes(32), secret, "sha256")
    return hmac.digest(pseudo_random_key, info + b"\x01", "sha256")


def _b64(data):
    return base64.b64encode(data).rstrip(b"=")
