"""One module a version; the number begins its name."""
