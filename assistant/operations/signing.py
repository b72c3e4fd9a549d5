"""Keys and signatures of updates: Ed25519. The only module that names cryptography."""

from __future__ import annotations

import hashlib
from pathlib import Path

from assistant.durable import write
from assistant.errors import PackageError

SECRET_KEY, PUBLIC_KEY = "kunci-rahasia.pem", "kunci-pembaruan.pub"


def make_keys(folder: Path) -> tuple[Path, Path]:
    """Write a new pair of keys into `folder`; raises PackageError when a key stands there already."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

    secret, public = folder / SECRET_KEY, folder / PUBLIC_KEY
    if secret.exists() or public.exists():
        raise PackageError(f"Di {folder} sudah ada kunci; pilih folder lain agar kunci lama tidak hilang.")
    key = Ed25519PrivateKey.generate()
    write(secret, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), private=True)
    write(public, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return secret, public


def sign(content: bytes, secret: Path) -> bytes:
    """Return the signature of `content` by the secret key; raises PackageError when the key can't be read."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(secret.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise PackageError(
            f"Kunci rahasia {secret} tidak dapat dibaca; buat dengan `python -m assistant keys FOLDER`."
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise PackageError(f"Kunci {secret} bukan Ed25519; buat dengan `python -m assistant keys FOLDER`.")
    return key.sign(content)


def verify(content: bytes, signature: bytes, public: Path) -> None:
    """Raise PackageError unless `signature` of `content` was made with the secret key that belongs to `public`."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(public.read_bytes())
    except (OSError, ValueError) as error:
        raise PackageError(
            f"Kunci pembaruan {public} tidak ada atau rusak; minta berkas {PUBLIC_KEY} kepada pengirim pembaruan."
        ) from error
    try:
        if not isinstance(key, Ed25519PublicKey):
            raise InvalidSignature
        key.verify(signature, content)
    except InvalidSignature as error:
        raise PackageError("Tanda tangan pembaruan ini tidak cocok dengan kunci di sini; jangan dipasang.") from error


def fingerprint(public: Path) -> str:
    """Return a short digest of a key, to be compared over the telephone; raises PackageError when it can't be read."""
    try:
        return hashlib.sha256(public.read_bytes()).hexdigest()[:16]
    except OSError as error:
        raise PackageError(f"Kunci {public} tidak dapat dibaca ({error.strerror}).") from error
