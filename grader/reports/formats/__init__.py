"""The formats that other programs read: one writer each."""
