"""What the pages share: shell, the one door to the data, filters, figure block, exports, texts."""
