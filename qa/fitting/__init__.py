"""Fits the weights of the ranking signals and of the confidence to question sets (`python -m qa.fitting`)."""
