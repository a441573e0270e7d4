"""Addresses of prototypes."""

from __future__ import annotations

from django.urls import path

from colead.web.prototypes.views import PackView, PrototypesView, PrototypeView

IDEA = "<slug:area>/ideas/<int:number>"

urlpatterns = [
    path(f"{IDEA}/prototypes", PrototypesView.as_view(), name="prototypes"),
    path(f"{IDEA}/prototypes/<int:pk>", PrototypeView.as_view(), name="prototype"),
    path(f"{IDEA}/prototypes/<int:pk>/pack.md", PackView.as_view(), name="pack"),
]
