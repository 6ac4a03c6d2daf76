"""Addresses of the staff's page, below those of the plugin. What people search for is in none of them: it is posted."""

from django.urls import path

from . import training_views, views

urlpatterns = [
    path("course/<str:key>", views.people, name="staff-course"),
    path("course/<str:key>/overview", views.overview, name="staff-overview"),
    path("course/<str:key>/roster", views.roster, name="staff-roster"),
    path("course/<str:key>/people.csv", views.people_csv, name="staff-csv"),
    path("course/<str:key>/training", training_views.training, name="staff-training"),
    path("course/<str:key>/training.csv", training_views.training_csv, name="staff-training-csv"),
    path("course/<str:key>/training.pdf", training_views.training_pdf, name="staff-training-pdf"),
]
