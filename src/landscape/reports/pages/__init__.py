"""The pages of all areas of a country, made without a kernel from the cells of a notebook."""
