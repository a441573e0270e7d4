"""Areas: a small product area with its people, led by a product lead and an engineering lead."""
