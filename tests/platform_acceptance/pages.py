"""What a browser without scripts makes of a page: its forms with what is filled in already, its links, the files that it needs."""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass, field
from urllib.parse import urldefrag

from lxml import html

# What a page says when something went wrong on the way to it.
TROUBLE = {
    "a traceback": re.compile(r"Traceback \(most recent call last\)"),
    "a template that was not rendered": re.compile(r"\{%\s|\{\{\s"),
    "a block that is not there": re.compile(
        r"is not currently available|An error occurred|There has been an error|xblock-error|could not be shown"
    ),
}
FILES = re.compile(r"""(?:src|srcset|href|poster)=["']((?:/asset-v1:|/static/|/assets/courseware|/xblock/resource/)[^"'\s>]+)""")


@dataclass
class Form:
    """A form as it would be sent. `fields` are the values that it has already, `choices` those of its radio buttons, check boxes,
    menus and named buttons by name."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    @property
    def handler(self) -> str:
        """The name of the block's handler that the form goes to, "" where it goes to none."""
        found = re.search(r"/handler/(\w+)", self.action)
        return found[1] if found else ""

    def filled(self, **values: str | list[str]) -> list[tuple[str, str]]:
        """The fields with `values` (names with dashes: as `answer_agency`) in place of what they had."""
        wanted = {(name if name in self.names else name.replace("_", "-")): value for name, value in values.items()}
        unknown = set(wanted) - self.names
        if unknown:
            raise LookupError(f"The form {self.handler or self.action} has no {', '.join(sorted(unknown))}")
        kept = [(name, value) for name, value in self.fields if name not in wanted]
        for name, value in wanted.items():
            kept += [(name, each) for each in ([value] if isinstance(value, str) else value)]
        return kept


def forms(page: str) -> list[Form]:
    """The forms of `page`, in its order."""
    return [_form(node) for node in html.fromstring(page).iter("form")] if page.strip() else []


def form(page: str, handler: str) -> Form | None:
    """The first form of `page` that goes to `handler`."""
    return next((each for each in forms(page) if each.handler == handler), None)


def links(page: str, handler: str = "") -> list[str]:
    """The addresses of links, of those to `handler` where one is named; without the part after #, each once."""
    found = [urldefrag(node.get("href"))[0] for node in html.fromstring(page).iter("a") if node.get("href")]
    return list(dict.fromkeys(each for each in found if each and (not handler or f"/handler/{handler}" in each)))


def files(page: str) -> set[str]:
    """The addresses of static files and course assets that `page` names, in JSON too."""
    text = entities.unescape(page)
    found = {entities.unescape(each) for each in FILES.findall(page)}
    found |= set(re.findall(r"""(/asset-v1:[^"'\s<>\\)&]+)""", text))
    found |= set(re.findall(r"""["'(](/static/[^"'\s<>\\)?]+)""", text))
    return {urldefrag(each)[0] for each in found}


def trouble(page: str) -> list[str]:
    """The names of what is wrong with `page`, see `TROUBLE`."""
    without_scripts = re.sub(r"<script\b.*?</script>", "", page, flags=re.DOTALL)
    return [name for name, sign in TROUBLE.items() if sign.search(without_scripts)]


def _form(node: html.HtmlElement) -> Form:
    made = Form(node.get("action") or "", (node.get("method") or "get").lower())
    for each in node.iter("input", "select", "textarea", "button"):
        name, kind = each.get("name"), each.get("type", "text") if each.tag == "input" else each.tag
        if not name or kind in ("submit", "image", "file"):
            continue
        made.names.add(name)
        if kind == "button":
            made.choices.setdefault(name, []).append(each.get("value", ""))
        elif kind in ("radio", "checkbox"):
            made.choices.setdefault(name, []).append(each.get("value", "on"))
            if each.get("checked") is not None:
                made.fields.append((name, each.get("value", "on")))
        elif kind == "select":
            options = [option.get("value", option.text_content().strip()) for option in each.iter("option")]
            made.choices.setdefault(name, []).extend(options)
            made.fields.append((name, str(each.value if each.value is not None else options[0] if options else "")))
        else:
            made.fields.append((name, (each.value or "").removeprefix("\n") if kind == "textarea" else each.get("value", "")))
    return made
