"""Which pages a site has, and the view of each: its path, its template and exactly the data that it shows."""
