"""What a balance tells."""

from __future__ import annotations

from colead.codes.code import Code

BALANCED = (
    Code(
        "L01",
        "How the work divides",
        "Which shares of the changes by people were features, fixes and system health, all in all, by month "
        "and by part, beside the share of health that is agreed in .colead/balance.yml (20 % where nothing "
        "is).",
        "A small share kept for health is easier to keep when both sides see the same figure, and when a "
        "small difference is not argued over.",
        "A conventional prefix (feat:, fix:, docs:) is taken as the team's own word. Without one a small "
        "model that was fitted on other repositories tells how likely each kind is, from the words of the "
        "title and the files; the chances are added up. Changes by automations, moved versions, changes of "
        "more than 30 product files and generated ones are left out. Work is counted in changes, not in "
        "hours. The range holds what the model was off by on repositories that it had not seen. More, less "
        "and lately are said only beyond that range, beyond chance and beyond five points. Fixes never count "
        "as health.",
        "On public repositories that the model was not fitted on, with their prefixes removed, kinds, "
        "quarterly shares and ranges were held against the prefixes; the figures stand in "
        "docs/benchmarks.md.",
    ),
)
