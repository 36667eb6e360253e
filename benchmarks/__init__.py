"""Speed against a peer, on generated content."""
