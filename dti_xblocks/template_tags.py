"""Filters for our templates."""

from django import template

from .templating import prose

register = template.Library()
register.filter("prose", prose)
