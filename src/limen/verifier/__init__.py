"""The Verifier: images, chip and bearer in, an inspection out. What a command, a counter's screen and a node share."""
