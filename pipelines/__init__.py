"""What the data goes through: from an extract to the figures; imports neither streamlit nor the pages."""
