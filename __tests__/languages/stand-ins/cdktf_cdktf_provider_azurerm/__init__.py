# A stand-in for the package of the provider azurerm, for tests: it is imported, and nothing of it is used.
