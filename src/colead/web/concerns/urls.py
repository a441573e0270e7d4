"""Addresses of concerns."""

from __future__ import annotations

from django.urls import path

from colead.web.concerns.views import ConcernsView, ConcernView, RaisingView, TrailView

IDEA = "<slug:area>/ideas/<int:number>"

urlpatterns = [
    path("<slug:area>/concerns", ConcernsView.as_view(), name="concerns"),
    path("<slug:area>/concerns/<int:pk>", ConcernView.as_view(), name="concern"),
    path(f"{IDEA}/concerns", RaisingView.as_view(), name="raising"),
    path(f"{IDEA}/trail", TrailView.as_view(), name="trail"),
]
