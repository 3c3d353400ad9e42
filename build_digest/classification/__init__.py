"""What each line of a page is: its form, its neighbours, its block."""
