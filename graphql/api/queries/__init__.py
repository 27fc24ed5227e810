"""What can be asked of one concept each: a class of fields and resolvers that ``api.query`` puts together."""
