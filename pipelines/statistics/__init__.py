"""Estimators as pure functions: counts in, figures out; no warehouse, no clock, no page."""
