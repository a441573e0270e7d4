"""The demo: one scripted repository of a shop, the same at every start.

README, tests and screenshots share its story.
The people in it (Priya, Emil, Omar) are a cast, not users.
"""
