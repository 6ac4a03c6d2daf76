"""`manage.py dti_pledge_keys make|rotate|certificate|publish|show FOLDER`: the keys that pledges are sealed and signed with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ....seals import make
from ....seals.keys import CERTIFICATE, CERTIFICATE_KEY, PRIVATE, PUBLIC

AFTER_MAKING = """
What to do now:
1. Name the folder in the settings of the LMS, of Studio and of their workers, and restart them:
       DTI_PLEDGE_KEYS = "{folder}"
   With Tutor, mount the folder into these containers and add the line by a plugin (patch "openedx-common-settings").
   The user that runs them has to be able to read the folder. Nobody else should.
2. Back up the folder where the database is not backed up. Without {private} old pledges can still be checked, but a thief
   of it could seal false ones; without every copy of {public} nothing can be checked.
3. Hand out {public}: publish it, and keep a copy outside of this server. Whoever has it can check a pledge without you.
4. Seal what was signed before there was a key:
       manage.py lms verify_pledges --complete"""

AFTER_ROTATING = """
What to do now:
1. Copy the folder to every machine that signs, and restart them where settings.DTI_PLEDGE_KEYS is no folder but the texts.
2. Hand out {public} again. It holds the new key and all before it: old pledges can be checked with it as before.
3. Back up the folder again.
If the old key was stolen: note down where the chain of each course stood before the theft (verify_pledges prints it). What the
old key sealed after that place may be false; verify_pledges --expect POSITION:DIGEST finds a chain that was made anew."""

AFTER_CERTIFICATE = """
What to do now:
1. Hand out {public} again: it holds the new certificate, and those before it.
2. A certificate from an authority that Acrobat trusts: put it (with the certificates of its issuers after it) into
   {certificate}, its key, unencrypted, into {certificate_key}, and run:
       manage.py lms dti_pledge_keys publish {folder}"""


class Command(BaseCommand):
    """Make, rotate and show the keys. Only what is public is ever printed."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        name: dict[str, Any] = {"default": "", "help": "the institution, as readers of a signed PDF see it"}
        made = self._act(acts, "make", "make the keys and a first certificate in a new or empty folder")
        made.add_argument("--name", **name)
        rotated = self._act(acts, "rotate", "put a new sealing key in the place of the present one")
        rotated.add_argument("--keep-old", action="store_true", help="keep the old private key beside the new one")
        certificate = self._act(acts, "certificate", "make a new certificate for PDF signatures")
        certificate.add_argument("--name", **name)
        certificate.add_argument("--replace", action="store_true", help="in the place of the present one")
        self._act(acts, "publish", "bring institution.pub up to date after files were put into the folder")
        self._act(acts, "show", "say what is in the folder, without anything secret")

    @staticmethod
    def _act(acts: Any, word: str, told: str) -> Any:
        parser = acts.add_parser(word, help=told)
        parser.add_argument("folder", type=Path)
        return parser

    def handle(self, *args: object, act: str, folder: Path, **options: Any) -> None:
        folder = folder.expanduser().resolve()
        try:
            getattr(self, f"_{act}")(folder, options)
        except make.MakeRefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"{folder}: {error.strerror or type(error).__name__}") from error

    def _make(self, folder: Path, options: dict[str, Any]) -> None:
        made = make.make_keys(folder, options["name"])
        self.stdout.write(f"Made key {made} and a certificate in {folder}.")
        self._tell(AFTER_MAKING, folder)

    def _rotate(self, folder: Path, options: dict[str, Any]) -> None:
        old, new = make.rotate(folder, options["keep_old"])
        kept = f"kept as sealing-key-{old}.pem" if options["keep_old"] else "removed"
        self.stdout.write(f"New records are sealed by key {new}. The private key {old} was {kept}.")
        self._tell(AFTER_ROTATING, folder)

    def _certificate(self, folder: Path, options: dict[str, Any]) -> None:
        certificate = make.renew_certificate(folder, options["name"], options["replace"])
        self.stdout.write(f"Made a certificate: {_described(certificate)}.")
        self._tell(AFTER_CERTIFICATE, folder)

    def _publish(self, folder: Path, options: dict[str, Any]) -> None:
        make.publish(folder)
        self.stdout.write(f"{folder / PUBLIC} is up to date.")
        self._show(folder, options)

    def _show(self, folder: Path, options: dict[str, Any]) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        shown = make.show(folder)
        if shown.ring.private is not None:
            self.stdout.write(f"Seals now: key {shown.ring.key_id}")
        earlier = [name for name in shown.ring.public if name != shown.ring.key_id]
        if earlier:
            self.stdout.write(f"Sealed before, or elsewhere: {', '.join(earlier)}")
        if shown.certificate is not None:
            self.stdout.write(f"Signs PDF files: {_described(shown.certificate)}")
        for warning in shown.warnings:
            self.stdout.write(self.style.WARNING(f"Note: {warning}"))

    def _tell(self, text: str, folder: Path) -> None:
        names = {"private": PRIVATE, "public": PUBLIC, "certificate": CERTIFICATE, "certificate_key": CERTIFICATE_KEY}
        self.stdout.write(text.format(folder=folder, **names))


def _described(certificate: Any) -> str:
    fingerprint = make.fingerprint(certificate)
    until = certificate.not_valid_after_utc.date().isoformat()
    return f"{certificate.subject.rfc4514_string()}, until {until}, SHA-256 {fingerprint}"
