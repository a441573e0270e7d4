"""Briefs: an idea, its sections, and what people signed and suggested under them."""

from colead.web.briefs.models.brief import Brief, Briefs, Commitment
from colead.web.briefs.models.section import Agreement, Draft, Section, Suggestion, Version

__all__ = ["Agreement", "Brief", "Briefs", "Commitment", "Draft", "Section", "Suggestion", "Version"]
