"""Message catalogues: read, written and compiled, without GNU gettext. A text is known by its context, itself, and its plural."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "dti_xblocks/records/locale"
SOURCE = "en"
PSEUDO = "en_XA"  # how Django names the folder of the language en-xa
HEADER = (
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "MIME-Version: 1.0\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)
# What a program fills in, and what a browser reads as markup: a translation has the same, in any order.
FIXED = re.compile(r"%\(\w+\)s|%%|\{\w*\}|</?[a-z]+\d*(?: [^<>]*)?/?>|&\w+;")

_MAGIC, _REVISION, _HEAD = 0x950412DE, 0, 28
_KEYWORD = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\]) (".*")')
_ESCAPES = {"n": "\n", "t": "\t"}
_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀçđéƒĝĥíĵķļɱñóþǫŕšţúṽŵẋýžÁƁÇĐÉƑĜĤÍĴĶĻṀÑÓÞǪŔŠŢÚṼŴẊÝŽ",
)


@dataclass(frozen=True)
class Message:
    """`text` in the source's language; `said` is what stands for it, two texts where there is a plural, "" for none yet."""

    text: str
    said: tuple[str, ...]
    context: str | None = None
    plural: str | None = None
    flags: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str | None, str, str | None]:
        """What it is known by."""
        return self.context, self.text, self.plural

    @property
    def translated(self) -> bool:
        """Whether it is said whole, by somebody who was sure."""
        return all(self.said) and "fuzzy" not in self.flags


def path_of(language: str) -> Path:
    """The .po file of a language; the .mo file stands beside it."""
    return LOCALE / language / "LC_MESSAGES/django.po"


def languages() -> list[str]:
    """Those that we translate into."""
    return sorted(path.parts[-3] for path in LOCALE.glob("*/LC_MESSAGES/django.po") if path.parts[-3] != SOURCE)


def read(path: Path) -> list[Message]:
    """The messages of a .po file in their order, without its header and without what it keeps of texts that are gone."""
    found = (_message(block) for block in path.read_text(encoding="utf-8").split("\n\n"))
    return [one for one in found if one and one.text]


def header(path: Path) -> str:
    """The first block of a .po file, with its comments."""
    return path.read_text(encoding="utf-8").partition("\n\n")[0]


def written(head: str, messages: Iterable[Message]) -> str:
    """The text of a .po file."""
    return "\n\n".join([head, *map(_block, messages)]) + "\n"


def merged(source: Iterable[Message], known: Iterable[Message]) -> list[Message]:
    """The messages of the source in its order, each with what is `known` for it."""
    said = {one.key: one.said for one in known}
    return [replace(one, said=said.get(one.key, ("",) * len(one.said))) for one in source]


def compiled(messages: Iterable[Message]) -> bytes:
    """A .mo file, as GNU gettext's msgfmt makes it but for its table of hashes, which nothing of ours reads."""
    pairs = {b"": HEADER.encode()}
    for one in messages:
        if one.translated:
            key = f"{one.context}\x04{one.text}" if one.context is not None else one.text
            key += f"\0{one.plural}" if one.plural is not None else ""
            pairs[key.encode()] = "\0".join(one.said).encode()
    keys = sorted(pairs)
    tables, data, start = [b"", b""], b"", _HEAD + 16 * len(keys)
    for number, texts in enumerate((keys, [pairs[key] for key in keys])):
        for text in texts:
            tables[number] += struct.pack("<II", len(text), start + len(data))
            data += text + b"\0"
    head = struct.pack("<7I", _MAGIC, _REVISION, len(keys), _HEAD, _HEAD + 8 * len(keys), 0, start)
    return head + b"".join(tables) + data


def pseudo(text: str) -> str:
    """`text` as no language has it: every letter beyond ASCII, vowels twice, in brackets.

    What stays plain was not translated, what lacks a bracket was cut off, and a third more letters show where a translation has
    no room.
    """
    parts = re.split(f"({FIXED.pattern})", text)
    return "⟦" + "".join(part if number % 2 else _longer(part) for number, part in enumerate(parts)) + "⟧"


def pseudo_messages(source: Iterable[Message]) -> list[Message]:
    """A whole catalogue of such texts."""
    return [replace(one, said=tuple(map(pseudo, (one.text, one.plural) if one.plural else (one.text,)))) for one in source]


def _longer(text: str) -> str:
    return re.sub("[aeiouAEIOU]", lambda vowel: vowel[0] + vowel[0].lower(), text).translate(_ACCENTED)


def _message(block: str) -> Message | None:
    fields: dict[str, str] = {}
    flags: tuple[str, ...] = ()
    name = ""
    for line in block.splitlines():
        if line.startswith("#,"):
            flags = tuple(flag.strip() for flag in line[2:].split(","))
        elif begun := _KEYWORD.fullmatch(line):
            name = begun[1]
            fields[name] = _plain(begun[2])
        elif line.startswith('"') and name:
            fields[name] += _plain(line)
    if "msgid" not in fields:
        return None
    said = tuple(text for name, text in fields.items() if name.startswith("msgstr"))
    return Message(fields["msgid"], said, fields.get("msgctxt"), fields.get("msgid_plural"), flags)


def _block(one: Message) -> str:
    lines = [f"#, {', '.join(one.flags)}"] if one.flags else []
    lines += [f"msgctxt {_quoted(one.context)}"] if one.context is not None else []
    lines.append(f"msgid {_quoted(one.text)}")
    if one.plural is None:
        lines.append(f"msgstr {_quoted(one.said[0])}")
    else:
        lines.append(f"msgid_plural {_quoted(one.plural)}")
        lines += [f"msgstr[{number}] {_quoted(text)}" for number, text in enumerate(one.said)]
    return "\n".join(lines)


def _plain(quoted: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), quoted[1:-1])


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'
