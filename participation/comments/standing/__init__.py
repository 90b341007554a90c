"""How a comment stands before the public: shown or withheld, and who agrees with it."""
