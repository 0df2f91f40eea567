# Part of a stand-in: what loads the JavaScript of the provider.
