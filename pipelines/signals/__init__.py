"""Deteksi Dini: what a rule of `aturan_sinyal` finds in a build, what people did about it, and the digest."""
