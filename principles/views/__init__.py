"""The charter as people read it (reading), amendments as they stand (amendments), and as they are written (writing)."""
