"""Steps that change the codebook as well: themes made while coding, and what takes them back."""
