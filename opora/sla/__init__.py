"""Promises: policies, the clocks that follow from them and from the log, and the account of each."""
