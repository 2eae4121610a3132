"""What the data goes through: from an extract to the figures. Imports neither streamlit nor pages, portal, access."""
