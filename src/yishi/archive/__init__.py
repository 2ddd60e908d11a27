"""The package of a closed meeting (归档包): how it is built, and how anybody checks it."""
