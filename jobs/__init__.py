"""Background work and the processes that do it: command line, supervisor, broker, relay, workers, timetable."""
