"""What things are: frozen models shared by reading, deciding, advising and proving."""
