"""Addresses of the API: what the registry holds, below the version."""

from __future__ import annotations

from django.urls import path, re_path

from colead.web.api.problem import nothing
from colead.web.api.routes import by_path
from colead.web.api.views import ResourceView

urlpatterns = [
    *(path(each, ResourceView.as_view(routes=methods)) for each, methods in by_path().items()),
    re_path(r"^.*$", nothing),
]
