# A stand-in for the package of the provider azuread, for tests: it is imported, and nothing of it is used.
