"""What commands do for editors: new pages and projects, settled edits, rules tried out."""
