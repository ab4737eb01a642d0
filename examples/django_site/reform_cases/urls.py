"""The addresses of the site."""

from django.urls import path

from . import views

urlpatterns = [
    path("cases/<str:case_id>/", views.case, name="case"),
    path("cases/<str:case_id>/still-holds", views.still_holds),
]
