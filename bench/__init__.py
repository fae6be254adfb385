"""Load and scale measurements. Never part of the test run."""
