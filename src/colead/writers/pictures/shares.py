"""Shares as SVG: the parts of a whole as one bar, each in its own pattern, with its name in the table."""

from __future__ import annotations

from collections.abc import Sequence

from colead.writers.tags import safe

HEIGHT = 14  # pixels
GAP = 0.4  # percent between two parts


def shares(parts: Sequence[tuple[str, int, str]], title: str) -> str:
    """The bar, HEIGHT pixels high.

    Args:
        parts: name, count and kind ("on", "half" or "open") of each; those without a count are left out.
        title: what it shows, said with the parts to whoever cannot see it.
    """
    whole = sum(count for _, count, _ in parts) or 1
    told = ", ".join(f"{name} {count}" for name, count, _ in parts)
    at, made = 0.0, []
    for name, count, kind in parts:
        wide = 100 * count / whole
        if count:
            size = f'x="{at:.2f}%" width="{max(0.6, wide - GAP):.2f}%" height="{HEIGHT}" rx="3"'
            made.append(f'<rect class="{kind}" {size}><title>{safe(f"{name}: {count}", 200)}</title></rect>')
        at += wide
    return (
        f'<svg class="shares" role="img" aria-label="{safe(f"{title}: {told}", 400)}">{"".join(made)}</svg>'
    )
