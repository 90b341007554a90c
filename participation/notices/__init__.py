"""Following things, being told of news about them, on the site and by mail."""
