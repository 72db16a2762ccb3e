"""SPSS data files: .sav and .zsav."""
