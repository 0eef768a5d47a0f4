"""What builds the kit, and is not handed out: skeleton, tables, translations, packages."""
