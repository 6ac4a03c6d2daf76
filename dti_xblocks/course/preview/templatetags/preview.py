"""Numbers as the progress page shows them."""

from django import template

register = template.Library()


@register.filter
def percent(share: float) -> str:
    """0.825 -> 82.5%, 0.8 -> 80%. Rounded down: 79.96% must not look like a pass mark of 80%."""
    tenths = max(int(round(share * 1000, 6)), 0)
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"


@register.filter
def points(value: float) -> str:
    """At most two decimals: 3 rather than 3.0."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
