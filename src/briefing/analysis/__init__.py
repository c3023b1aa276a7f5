"""What can be counted in the articles: tables in, tables out; nothing here draws or marks."""
