"""The pages of the workshop's server."""
from .pages import Pages
