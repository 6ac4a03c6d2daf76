"""This installation's keys, from Django settings.

DTI_PLEDGE_KEYS is the folder that `manage.py dti_pledge_keys` makes, or a dictionary with the same texts: "private" (PEM),
"public" (PEM texts of keys and certificates, joined), "certificate" and "certificate_key" (PEM, for PDF signatures).
"""

from __future__ import annotations

import functools
import logging
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..platform import conf
from .keys import CERTIFICATE, CERTIFICATE_KEY, PRIVATE, PUBLIC, Keyring, KeysUnusableError, certificates_in, read

log = logging.getLogger(__name__)

FILES = {"private": PRIVATE, "public": PUBLIC, "certificate": CERTIFICATE, "certificate_key": CERTIFICATE_KEY}


@dataclass(frozen=True)
class SiteKeys:
    """What this installation seals and signs with. `fault` says why a key that was set cannot be used, "" when all is well."""

    ring: Keyring = field(default_factory=Keyring)
    certificate: str = ""
    certificate_key: str = field(default="", repr=False)
    fault: str = ""

    @property
    def missing(self) -> bool:
        """True where nothing can be sealed now."""
        return self.ring.private is None

    @property
    def checking(self) -> Keyring:
        """The ring to check files with: the certificates that sign now are in it also where nobody has published them."""
        return replace(
            self.ring, certificates=tuple(dict.fromkeys([*self.ring.certificates, *certificates_in(self.certificate)]))
        )


def site_keys() -> SiteKeys:
    """The keys as they are set now. Never raises: signing goes on without a key, and staff read the `fault`."""
    try:
        texts = _texts(conf.pledge_keys())
    except (OSError, TypeError, ValueError) as error:
        log.error("settings.DTI_PLEDGE_KEYS cannot be read: %s", error)
        return SiteKeys(fault=f"settings.DTI_PLEDGE_KEYS cannot be read ({type(error).__name__})")
    return _read(*texts)


@functools.lru_cache(maxsize=8)
def _read(private: str, public: str, certificate: str, certificate_key: str) -> SiteKeys:
    try:
        return SiteKeys(read(private, [public]), certificate, certificate_key)
    except KeysUnusableError as error:
        log.error("The keys in settings.DTI_PLEDGE_KEYS cannot be used: %s", error)
        return SiteKeys(fault=str(error))


def _texts(setting) -> tuple[str, ...]:
    if not setting:
        return ("",) * len(FILES)
    if isinstance(setting, dict):
        return tuple(str(setting.get(name, "")) for name in FILES)
    folder = Path(setting)
    if not folder.is_dir():
        raise ValueError("it is no folder")
    return tuple(_file(folder / name) for name in FILES.values())


def _file(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
