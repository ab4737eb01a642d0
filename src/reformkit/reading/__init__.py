"""From text to models: every file is read here, and every fault of it becomes a located problem."""
