"""Files for `dti-verify`, and what it says of them."""

from django.test import override_settings

from dti_xblocks.copies import copy_of
from dti_xblocks.seals import command
from tests.pdf import pledge_samples as samples

SETTING = samples.institution("Department of the command")
SEALING = samples.sealing_only("Department of the command")
RING = samples.ring_of(SETTING)
COURSE = "course-v1:DTI+COMMAND+2026"


def row_under(setting, **more):
    with override_settings(DTI_PLEDGE_KEYS=setting):
        return samples.signed_row(course=COURSE, **more)


def file_of(row, setting) -> bytes:
    with override_settings(DTI_PLEDGE_KEYS=setting):
        return copy_of(row).body


def state(body, ring=RING) -> str:
    return command.verify(body, ring).state


def _pdf(parts: dict, identifier: bytes) -> bytes:
    from dti_xblocks import pdf

    html = '<html lang="en"><head><title>x</title></head><body><h1>A pledge</h1></body></html>'
    attached = tuple(pdf.Attached(name, each[0], "x", samples.WHEN) for name, each in parts.items())
    return pdf.render(html, title="x", for_archive=pdf.Archive(identifier, attached))
