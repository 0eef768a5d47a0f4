"""What was handed in, by whom: whatever an LMS packs, unpacked with care."""
