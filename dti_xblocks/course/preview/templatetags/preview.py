"""Numbers as the progress page shows them."""

from django import template

register = template.Library()


@register.filter
def percent(share: float) -> str:
    """0.825 -> 82%. Rounded down: 79.6% must not look like a pass mark of 80%."""
    whole = round(share * 100, 6)
    return f"{int(whole)}%" if whole >= 0 else "0%"


@register.filter
def points(value: float) -> str:
    """At most two decimals: 3 rather than 3.0."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
