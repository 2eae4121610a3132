"""Deteksi Dini: what a rule has noticed, the most urgent first, and what is being done about it."""

from portal import filters, signal_blocks, viewer


def page() -> None:
    chosen = filters.current()
    signal_blocks.heading(chosen)
    signal_blocks.working_list(chosen)
    signal_blocks.history(chosen)


if __name__ == "__main__":
    viewer.admit("deteksi-dini", page)
