"""Addresses of tradeoffs."""

from __future__ import annotations

from django.urls import path

from colead.web.tradeoffs import views

urlpatterns = [
    path("<slug:area>/tradeoffs", views.TradeoffsView.as_view(), name="tradeoffs"),
    path("<slug:area>/tradeoffs/<int:pk>", views.TradeoffView.as_view(), name="tradeoff"),
    path("<slug:area>/ideas/<int:number>/tradeoffs", views.OfIdeaView.as_view(), name="idea-tradeoffs"),
    path("<slug:area>/occasions", views.OccasionsView.as_view(), name="occasions"),
    path("<slug:area>/occasions/<int:pk>", views.OccasionView.as_view(), name="occasion"),
]
