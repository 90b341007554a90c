"""Public moderation: flags, removal under written rules, appeals, and a log of every act."""
