"""A rover with two motors, a ring of distance sensors and a lamp."""
from .drive import Drive
from .lidar import Lidar
