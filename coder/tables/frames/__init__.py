"""Tables, matrices, answers and codings as pandas frames, with labels and categories."""
