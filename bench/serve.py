"""The plain endpoint on the server, the settings and the number of processes that ours has. usage: serve PORT"""

import sys

from jobs import roles

if __name__ == "__main__":
    roles.run_web(host="127.0.0.1", port=int(sys.argv[1]), processes=roles.cores(), app="bench.plain:app")
