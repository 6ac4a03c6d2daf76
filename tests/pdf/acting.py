"""What a PDF would do by itself: looked for in its objects, not in its bytes, where compressed data may spell any short word."""

import io

import pikepdf

KEYS = {"/AA", "/OpenAction", "/JavaScript", "/JS", "/Launch"}
KINDS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Movie", "/Sound", "/Rendition", "/GoToE", "/RichMediaExecute"}


def acts_in(body: bytes) -> set[str]:
    """The keys and the kinds of actions by which the file acts, anywhere in it; empty when it does nothing."""
    with pikepdf.open(io.BytesIO(body)) as opened:
        return set().union(*map(_acts, (opened.trailer, *opened.objects)))


def _acts(one) -> set[str]:
    """Those of an object, and of what stands in it. What it refers to is an object of its own."""
    if isinstance(one, pikepdf.Array):
        return set().union(*(_acts(each) for each in one if not _elsewhere(each)))
    if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        return set()
    found = KEYS & set(one.keys())
    if str(one.get("/S", "")) in KINDS:
        found.add(str(one["/S"]))
    return found.union(*(_acts(each) for each in one.values() if not _elsewhere(each)))


def _elsewhere(one) -> bool:
    return isinstance(one, pikepdf.Object) and one.is_indirect
