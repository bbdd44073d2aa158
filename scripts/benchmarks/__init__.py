"""Measurements, each beside a yardstick in the same run: what must be quick is shown to be. Not part of the program.

Only the ratios of one run are comparable: on a shared machine the times themselves move by the hour.
"""
