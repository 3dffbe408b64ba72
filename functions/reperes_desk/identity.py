"""The identity of an agent: an age key in a file that a passphrase protects."""

from __future__ import annotations

from pathlib import Path

import pyrage
from pyrage import passphrase as scrypt
from pyrage import x25519

from reperes_desk.errors import DeskError
from reperes_desk.private_files import private_folder, write_private

# Known to everybody: it protects nothing, it shows how a real one is used.
DEMO_PASSPHRASE = "demonstration"  # noqa: S105 - written in the docs on purpose
DEMO_IDENTITY = "demo-identity.age"
DEMO_RECIPIENT = "demo-recipient.txt"


def make_identity(path: Path, passphrase: str) -> str:
    """Write a new identity to `path` (0600) and return its public key, `age1…`.

    Raises:
        DeskError: the file exists already, or cannot be written.
    """
    if path.exists():  # said before the slow derivation; writing keeps the promise
        raise DeskError(f"« {path} » existe déjà : choisissez un autre nom")
    identity = x25519.Identity.generate()
    sealed = scrypt.encrypt(f"{identity}\n".encode(), passphrase)
    private_folder(path.parent)
    write_private(path, sealed)
    return str(identity.to_public())


def open_identity(path: Path, passphrase: str) -> x25519.Identity:
    """The identity in `path`. Slow on purpose: about three seconds.

    Raises:
        DeskError: no such file, wrong passphrase, or not an identity.
    """
    try:
        text = bytes(scrypt.decrypt(path.read_bytes(), passphrase)).decode("ascii")
        return x25519.Identity.from_str(text.strip())
    except FileNotFoundError as error:
        raise DeskError(f"il n’y a pas d’identité dans « {path} »") from error
    except OSError as error:
        raise DeskError(f"« {path} » ne peut pas être lu") from error
    except (pyrage.DecryptError, pyrage.IdentityError, UnicodeDecodeError) as error:
        raise DeskError(f"la phrase secrète n’ouvre pas « {path} »") from error


def make_demo_identity(state: Path) -> str:
    """The demo identity of a state folder, made at the first call; its public key."""
    known = state / DEMO_RECIPIENT
    if known.is_file():
        return known.read_text(encoding="ascii").strip()
    (state / DEMO_IDENTITY).unlink(missing_ok=True)  # without its public key it is of no use
    recipient = make_identity(state / DEMO_IDENTITY, DEMO_PASSPHRASE)
    known.write_text(f"{recipient}\n", encoding="ascii")
    return recipient
