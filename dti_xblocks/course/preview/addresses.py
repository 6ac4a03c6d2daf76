"""The preview's addresses. Handler addresses name the person: a page left open keeps acting for whom it was shown to."""

from __future__ import annotations

from urllib.parse import quote

SAFE = ":@+-_.~"


def unit(definition) -> str:
    """A unit page, by the unit's url_name."""
    return f"/unit/{quote(definition.key.block_id, safe=SAFE)}"


def sequence(definition) -> str:
    """A subsection: leads to its first unit, or to the one last seen."""
    return f"/sequence/{quote(definition.key.block_id, safe=SAFE)}"


def block(usage_key) -> str:
    """Leads to the unit page on which the block stands, at the block."""
    return f"/jump_to/{quote(str(usage_key), safe=SAFE)}"


def anchor(usage_key) -> str:
    """The id of a block's box on its unit page."""
    return f"block-{usage_key.block_type}-{usage_key.block_id}".replace(":", "-").replace(".", "-")


def edit(usage_key) -> str:
    """The Studio form of a block."""
    return f"/studio/edit/{quote(str(usage_key), safe=SAFE)}"


def in_studio(usage_key) -> str:
    """The Studio form of a block, under Studio's own styles."""
    return f"/as{edit(usage_key)}"


def dressed(definition, dress: str) -> str:
    """A unit page under the styles of a page of the platform: "lms", "mfe" (framed by the learning page) or "studio"."""
    return f"/as/{dress}{unit(definition)}"


def handler(person, usage_key, name: str, suffix: str = "") -> str:
    """A handler of a block."""
    address = f"/xblock/{person.key}/{quote(str(usage_key), safe=SAFE)}/{quote(name, safe=SAFE)}"
    return f"{address}/{quote(suffix, safe=SAFE + '/')}" if suffix else address


def resource(block_type: str, uri: str) -> str:
    """A file that a block's package serves."""
    return f"/resource/{quote(block_type, safe=SAFE)}/{quote(uri, safe=SAFE + '/')}"


def page_asset(path: str) -> str:
    """A script, stylesheet or font of the page itself."""
    return f"/page/{quote(path.lstrip('/'), safe=SAFE + '/')}"


def discard(usage_key) -> str:
    """Takes back the Studio edits of a block."""
    return f"/studio/discard/{quote(str(usage_key), safe=SAFE)}"
