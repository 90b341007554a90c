"""Flask helpers that know no feature.

site database session   what a request may use: the site, its transaction, who is asking
guard kept forms page   the way of a request: who may, kept text, input, answer
language words numbers  are in `language`; `hx` alone knows htmx, `assets` the built files
failures headers        errors as pages; the security headers
compression cookieless  WSGI and response layers
"""
