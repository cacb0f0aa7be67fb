"""Who may do what: accounts, sessions of browsers, keys of programs, and the doors that ask for them."""
