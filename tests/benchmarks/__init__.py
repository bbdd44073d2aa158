"""Tests of what measures the program: a wrong figure is worse than none."""
