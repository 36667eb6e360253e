"""Tests in a real browser. They are skipped, saying what to install, where Chromium is missing."""
