"""The demo: one scripted repository of a shop, the same at every start, with a story that README, tests and screenshots share.

The people in it (Priya, Emil, Omar) are a cast, not users.
"""
