"""Tests of the clerk's acts."""
