"""What earlier builds found out, kept as data, and whether it still holds."""
