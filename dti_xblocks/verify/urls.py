"""Addresses of the verify page, below those of the plugin."""

from django.urls import re_path

from . import pages

urlpatterns = [
    re_path(r"^verify/?$", pages.verify, name="verify"),
    re_path(r"^verify/institution\.pub$", pages.institution, name="verify-institution"),
]
