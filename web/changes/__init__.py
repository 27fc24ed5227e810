"""Pages on which a placed order is changed, cancelled and promised anew, and its versions are compared."""
