"""A finished figure whose dict is made once: Streamlit asks for it on every run."""

import plotly.graph_objects as go


class Kept(go.Figure):
    """A Figure that is never changed after it was made; neither is the dict it hands out."""

    def to_dict(self) -> dict:
        """The dict of the figure, the same object each time: a third of the cost of showing it."""
        held = self.__dict__.get("_kept")
        if held is None:
            held = self.__dict__["_kept"] = super().to_dict()
        return held
