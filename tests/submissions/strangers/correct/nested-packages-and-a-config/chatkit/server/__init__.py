from .people import People
from .worker import Worker
