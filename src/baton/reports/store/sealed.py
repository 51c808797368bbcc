"""A result sealed: its folder as one signed file, which anybody can check and compute again without this house.

A ZIP with the files of a folder of results and `signature.json`: an Ed25519 signature (RFC 8032) of `provenance.json`,
which names every other file by its SHA-256. So one changed byte is found, and in which file it is.
"""

import base64
import hashlib
import json
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from baton.reports.store.provenance import Slot
from baton.words import Place, Problem, Refused

SIGNATURE = "signature.json"
_FORMAT = "baton-seal/1"
_MOMENT = (1980, 1, 1, 0, 0, 0)
_MOST = 4 << 30
"""Bytes that a bundle may unpack to."""
_FINGERPRINT = 32


@dataclass(frozen=True)
class Seal:
    """Whose seal it is: the first 32 hexadecimal digits of the SHA-256 of the public key, in fours."""

    fingerprint: str


def private_key(secret: str) -> Ed25519PrivateKey:
    """Make the signing key out of a secret of the installation."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"baton seal {secret}".encode()).digest())


def fingerprint_of(key: Ed25519PublicKey) -> str:
    """Give the digits by which people compare a key with the one that the county made known."""
    digits = hashlib.sha256(key.public_bytes_raw()).hexdigest()[:_FINGERPRINT]
    return " ".join(digits[at : at + 4] for at in range(0, _FINGERPRINT, 4))


def seal(folder: Path, key: Ed25519PrivateKey) -> bytes:
    """Seal a folder of results of one year; the same folder and key give the same bytes."""
    signed = (folder / Slot.PROVENANCE).read_bytes()
    public = key.public_key()
    told = {
        "format": _FORMAT,
        "algorithm": "Ed25519",
        "signed": str(Slot.PROVENANCE),
        "public_key": base64.b64encode(public.public_bytes_raw()).decode(),
        "fingerprint": fingerprint_of(public),
        "signature": base64.b64encode(key.sign(signed)).decode(),
    }
    files = {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file()}
    files[SIGNATURE] = (json.dumps(told, indent=2) + "\n").encode()
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name, _MOMENT), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def is_sealed(path: Path) -> bool:
    """Whether a file looks like a sealed result."""
    return path.is_file() and zipfile.is_zipfile(path)


def unseal(path: Path, folder: Path) -> Seal:
    """Unpack a sealed result into an empty folder, and check its signature.

    Raises `Refused` for what is no sealed result, and where what was signed is not what lies in it. Whether the other
    files are as they were, `load_results` tells.
    """
    place = Place(file=path.name)
    try:
        with zipfile.ZipFile(path) as packed:
            _unpack(packed, folder, place)
    except (zipfile.BadZipFile, EOFError, RuntimeError, OSError) as error:
        raise Refused([Problem("config.seal_broken", {"reason": str(error)}, place)]) from error
    try:
        told = json.loads((folder / SIGNATURE).read_text("utf-8"))
        if told["format"] != _FORMAT:
            raise ValueError(told["format"])
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(told["public_key"], validate=True))
        signature = base64.b64decode(told["signature"], validate=True)
        signed = (folder / Slot.PROVENANCE).read_bytes()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused([Problem("config.not_sealed", {}, place)]) from error
    try:
        key.verify(signature, signed)
    except InvalidSignature as error:
        at = Place(file=f"{path.name}/{Slot.PROVENANCE}")
        raise Refused([Problem("config.seal_does_not_hold", {}, at)]) from error
    return Seal(fingerprint_of(key))


def _unpack(packed: zipfile.ZipFile, folder: Path, place: Place) -> None:
    """Unpack the files that a result has; a name that is none of them is refused, and so is a bomb."""
    known = {*map(str, Slot), SIGNATURE}
    strange = sorted(name for name in packed.namelist() if name not in known)
    if strange or SIGNATURE not in packed.namelist():
        raise Refused([Problem("config.not_sealed", {}, place)])
    if sum(one.file_size for one in packed.infolist()) > _MOST:
        raise Refused([Problem("config.seal_broken", {"reason": f"> {_MOST >> 30} GiB"}, place)])
    for one in packed.infolist():
        (folder / one.filename).write_bytes(packed.read(one))
