"""Is every text layer known for what it is, and who issued what when: on documents of the maker, with truth."""
