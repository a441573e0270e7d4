"""Addresses of the reserve."""

from __future__ import annotations

from django.urls import path

from colead.web.reserve import views

AHEAD = "<slug:area>/ahead"

urlpatterns = [
    path(f"{AHEAD}/slots", views.RoomView.as_view(), name="slots"),
    path(f"{AHEAD}/repairs", views.RepairsView.as_view(), name="repairs"),
    path(f"{AHEAD}/repairs/new", views.NewRepairView.as_view(), name="new-repair"),
    path(f"{AHEAD}/repairs/<int:pk>", views.RepairView.as_view(), name="repair"),
    path(f"{AHEAD}/repairs/<int:pk>/yes", views.YesView.as_view(), name="repair-yes"),
    path(f"{AHEAD}/repairs/<int:pk>/estimate", views.EstimateView.as_view(), name="repair-estimate"),
    path(f"{AHEAD}/repairs/<int:pk>/week", views.WeekView.as_view(), name="repair-week"),
    path(f"{AHEAD}/repairs/<int:pk>/end", views.EndView.as_view(), name="repair-end"),
    path(f"{AHEAD}/<int:pk>/reserve.yml", views.ReserveFileView.as_view(), name="reserve-file"),
]
