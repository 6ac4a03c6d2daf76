"""Addresses of the plugin in the LMS, below /dti/. Studio has none of them."""

from django.urls import include, path

from ..copies import bundle_view

urlpatterns = [
    path("", include("dti_xblocks.verify.urls")),
    path("pledges/<str:token>.zip", bundle_view.download, name="pledge-files"),
]
