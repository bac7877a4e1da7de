"""Where images come from: files, folders, standard input."""
