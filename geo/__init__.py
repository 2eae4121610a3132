"""Where the regions lie: boundaries read, checked, projected and turned into vector paths."""
