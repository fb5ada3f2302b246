"""Sign-in through OpenID Connect providers: what is checked of their answer, and whom we then let in."""
