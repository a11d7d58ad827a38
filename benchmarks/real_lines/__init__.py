"""Lines of real scans, transcribed by hand, and how the readers do on them."""
