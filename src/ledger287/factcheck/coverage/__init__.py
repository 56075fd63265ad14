"""Which words of a sentence its reading used, and which it left unread: the condition of a firm verdict."""
