"""Who may do what here: administrators give roles to accounts and take them."""
