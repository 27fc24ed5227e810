"""From the bytes of a file to rows of cells, whatever they are: read apart from everything, in a child process."""
