"""What each channel pushes, and when."""
