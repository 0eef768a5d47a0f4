from common.options import options
from common.background import start
