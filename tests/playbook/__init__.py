"""Tests of the call script."""
