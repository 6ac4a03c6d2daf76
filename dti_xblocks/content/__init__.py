"""What authors write, for all kinds of blocks: mistakes as values, safe XML, prose, rules, numbers of a form."""

from __future__ import annotations

from .numbers import whole_number
from .problems import ATTRIBUTE, ELEMENT, ERROR, REPEATED, TEXT, VALUE, WARNING, Problem, Stray
from .reading import PROSE_TAGS, Reader, collapsed, elements
from .rulebook import Book, Finding, Rule, Rulebook
from .sentences import Sentence, in_language, pattern, sentence
from .xml import INLINE, XML_SPACE, MalformedContentError, indented, inner_xml, parse_content, parser, put_inner_xml, sanitized

__all__ = [
    "ATTRIBUTE",
    "ELEMENT",
    "ERROR",
    "INLINE",
    "PROSE_TAGS",
    "REPEATED",
    "TEXT",
    "VALUE",
    "WARNING",
    "XML_SPACE",
    "Book",
    "Finding",
    "MalformedContentError",
    "Problem",
    "Reader",
    "Rule",
    "Rulebook",
    "Sentence",
    "Stray",
    "collapsed",
    "elements",
    "in_language",
    "indented",
    "inner_xml",
    "parse_content",
    "parser",
    "pattern",
    "put_inner_xml",
    "sanitized",
    "sentence",
    "whole_number",
]
