"""The frozen set that accuracy is reported on: nothing is tuned on it."""
