"""What a WSGI server loads: the app, made from the environment, behind its gate."""

from kernel.settings import read_settings
from web.app import LARGEST_BODY_BYTES, create_app
from web.gate import Gate

app = Gate(create_app(read_settings()), LARGEST_BODY_BYTES)
