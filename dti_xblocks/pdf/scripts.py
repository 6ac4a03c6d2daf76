"""For which scripts this machine has fonts: names of officers are drawn in whatever they are written in.

Pango itself is asked, the library that WeasyPrint draws with, whether it would draw boxes instead of letters. The package's own
fonts have the Latin script; all others come from the system.
"""

from __future__ import annotations

import ctypes
import ctypes.util

SAMPLES = {
    "Latin": "Łódź, Ñuñoa, Đặng",
    "Greek": "Ελένη",
    "Cyrillic": "Ольга",
    "Arabic": "محمد",
    "Hebrew": "שרה",
    "Devanagari": "प्रिया",
    "Bengali": "রহিম",
    "Tamil": "கமலா",
    "Thai": "สมชาย",
    "Ethiopic": "ሰላም",
    "Chinese": "王芳",
    "Japanese": "さくら",
    "Korean": "김민준",
}


class ScriptsUnknownError(Exception):
    """Pango could not be asked. The message says why."""


def without_fonts() -> list[str]:
    """The scripts of `SAMPLES` of which some letter has no font here. Raises `ScriptsUnknownError`."""
    pango, glib, context = _pango()
    missing = []
    for name, sample in SAMPLES.items():
        layout = pango.pango_layout_new(context)
        text = sample.encode()
        pango.pango_layout_set_text(layout, text, len(text))
        if pango.pango_layout_get_unknown_glyphs_count(layout):
            missing.append(name)
        glib.g_object_unref(layout)
    return missing


def _pango() -> tuple[ctypes.CDLL, ctypes.CDLL, int]:
    """Pango, the library that frees what it makes, and a context with the system's fonts. The last lasts as the process does."""
    pango, fonts, glib = _library("pango-1.0"), _library("pangoft2-1.0"), _library("gobject-2.0")
    pointer = ctypes.c_void_p
    try:
        fonts.pango_ft2_font_map_new.restype = pointer
        pango.pango_font_map_create_context.restype, pango.pango_font_map_create_context.argtypes = pointer, [pointer]
        pango.pango_layout_new.restype, pango.pango_layout_new.argtypes = pointer, [pointer]
        pango.pango_layout_set_text.argtypes = [pointer, ctypes.c_char_p, ctypes.c_int]
        pango.pango_layout_get_unknown_glyphs_count.argtypes = [pointer]
        glib.g_object_unref.argtypes = [pointer]
        context = pango.pango_font_map_create_context(fonts.pango_ft2_font_map_new())
    except AttributeError as error:  # a Pango of before 2008
        raise ScriptsUnknownError(str(error)) from error
    if not context:
        raise ScriptsUnknownError("Pango gives no context")
    return pango, glib, context


def _library(name: str) -> ctypes.CDLL:
    for file in (f"lib{name}.so.0", ctypes.util.find_library(name), f"lib{name}.0.dylib"):
        if file:
            try:
                return ctypes.CDLL(file)
            except OSError:
                continue
    raise ScriptsUnknownError(f"lib{name} cannot be loaded")
