"""Questions: what an idea leaves unclear, who owes the answer, and what was answered."""
