"""Prototypes: experiments with one question, a box of time, a branch, an answer."""
