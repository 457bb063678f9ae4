"""Agile encryption of OOXML files ([MS-OFFCRYPTO] 2.3.4.10-15): the package, if a password is the right one.

`msoffcrypto` reads this too, but not with a hash shorter than the key (SHA-1 with AES-256), nor its check of such a
password; both are met in files of real programs.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from lxml import etree

_SEGMENT = 4096
# The specification allows ten million rounds; Office writes 100,000. More is an attack on the reader's time.
MAX_ROUNDS = 1_000_000
_HASHES = {"SHA1": "sha1", "SHA-1": "sha1", "SHA256": "sha256", "SHA384": "sha384", "SHA512": "sha512"}
_VERIFIER_INPUT, _VERIFIER_VALUE = bytes.fromhex("fea7d2763b4b9e79"), bytes.fromhex("d7aa0f6d3061344e")
_KEY_VALUE = bytes.fromhex("146e0be7abacd0d6")


class NotAgile(ValueError):
    """The description of the encryption is not one this module reads."""


@dataclass(frozen=True, slots=True)
class _Scheme:
    salt: bytes
    hash_name: str
    hash_size: int
    key_size: int
    block_size: int

    def digest(self, data: bytes) -> bytes:
        return hashlib.new(self.hash_name, data, usedforsecurity=False).digest()

    def sized(self, data: bytes, size: int) -> bytes:
        """Return *data* cut or filled up to *size* bytes."""
        return data[:size].ljust(size, b"\x36")


@dataclass(frozen=True, slots=True)
class Agile:
    """How one package is encrypted."""

    data: _Scheme
    password: _Scheme
    rounds: int
    verifier_input: bytes
    verifier_value: bytes
    key_value: bytes


def agile_scheme(description: bytes) -> Agile:
    """Return what *description*, the XML of the stream ``EncryptionInfo``, says.

    Raises:
        NotAgile: If it says something else.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(description.rstrip(b"\0"), parser)
        data = next(root.iter("{*}keyData"))
        key = next(root.iter("{*}encryptedKey"))
        rounds = int(key.get("spinCount", ""))
        values = [base64.b64decode(key.get(name, ""), validate=True) for name in (
            "encryptedVerifierHashInput", "encryptedVerifierHashValue", "encryptedKeyValue")]  # fmt: skip
        found = Agile(_scheme(data), _scheme(key), rounds, *values)
    except (etree.XMLSyntaxError, StopIteration, ValueError, KeyError, binascii.Error):
        raise NotAgile from None
    if not 0 <= rounds <= MAX_ROUNDS:
        raise NotAgile
    return found


def _scheme(element: etree._Element) -> _Scheme:
    if element.get("cipherAlgorithm") != "AES" or element.get("cipherChaining") != "ChainingModeCBC":
        raise NotAgile
    key_bits, block_size = int(element.get("keyBits", "")), int(element.get("blockSize", ""))
    if key_bits not in {128, 192, 256} or block_size != 16:
        raise NotAgile
    salt = base64.b64decode(element.get("saltValue", ""), validate=True)
    name = _HASHES[element.get("hashAlgorithm", "")]
    return _Scheme(salt, name, hashlib.new(name, usedforsecurity=False).digest_size, key_bits // 8, block_size)


def agile_key(scheme: Agile, password: str) -> bytes | None:
    """Return the key of the package if *password* is the right one, else `None`."""
    look = scheme.password
    digest = look.digest(look.salt + password.encode("utf-16-le", "surrogatepass"))
    for number in range(scheme.rounds):
        digest = look.digest(struct.pack("<I", number) + digest)

    def opened(block: bytes, data: bytes) -> bytes:
        key = look.sized(look.digest(digest + block), look.key_size)
        return _decrypted(data, key, look.sized(look.salt, look.block_size))

    asked = look.digest(opened(_VERIFIER_INPUT, scheme.verifier_input)[: len(look.salt)])
    if not hmac.compare_digest(asked, opened(_VERIFIER_VALUE, scheme.verifier_value)[: look.hash_size]):
        return None
    return opened(_KEY_VALUE, scheme.key_value)[: scheme.data.key_size]


def agile_package(scheme: Agile, key: bytes, stream: bytes) -> bytes:
    """Return the package in *stream*, the stream ``EncryptedPackage``, opened with *key*."""
    look = scheme.data
    (size,) = struct.unpack_from("<Q", stream)
    pieces = []
    for number, at in enumerate(range(8, len(stream), _SEGMENT)):
        start = look.sized(look.digest(look.salt + struct.pack("<I", number)), look.block_size)
        pieces.append(_decrypted(stream[at : at + _SEGMENT], key, start))
    return b"".join(pieces)[:size]


def _decrypted(data: bytes, key: bytes, start: bytes) -> bytes:
    whole = data[: len(data) // 16 * 16]
    decryptor = Cipher(AES(key), modes.CBC(start)).decryptor()
    return decryptor.update(whole) + decryptor.finalize()
