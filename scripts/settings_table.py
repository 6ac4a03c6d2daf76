"""Write the table of our settings, which is made from dti_xblocks/platform/conf.py, into docs/operators/settings.md."""

import re
from pathlib import Path

from django.conf import settings

PAGE = Path(__file__).resolve().parent.parent / "docs/operators/settings.md"
TABLE = re.compile(r"^\| Setting \|.*?(?=\n\n)", re.MULTILINE | re.DOTALL)


def renewed(page: str) -> str:
    """The page with the table as the settings are now."""
    from dti_xblocks.platform.conf import table

    return TABLE.sub(lambda _match: table().rstrip(), page)


if __name__ == "__main__":
    settings.configure()
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
