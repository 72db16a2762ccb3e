"""What the columns of a survey file are: their facts, names, roles, questions and boxes."""
