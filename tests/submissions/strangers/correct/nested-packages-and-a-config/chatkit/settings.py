import argparse
import json
from pathlib import Path


class Settings:
    def __init__(self, beside):
        data = json.loads((Path(beside).resolve().parent / "config.json").read_text("utf-8"))
        parser = argparse.ArgumentParser()
        parser.add_argument("--host", default=data["host"])
        parser.add_argument("--port", type=int, default=data["port"])
        options = parser.parse_args()
        self.address = options.host, options.port
        self.buffer = data["buffer"]
        self.texts = data["texts"]
