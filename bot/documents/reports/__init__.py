"""The reports people can ask for, one a module: its name, what it reads, its words, tables and charts."""
