"""Addresses of the plugin in the LMS, below /dti/. Studio has none of them."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("", include("dti_xblocks.verify.urls")),
    path("", include("dti_xblocks.staff.urls")),
    path("pledges/<str:token>.zip", views.download, name="pledge-files"),
]
