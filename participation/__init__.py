"""The site of a city: consultations, comments, votes, and the accounts behind them.

app features settings cli jobs places   what is built, from what, and started how
core/     kernel without Flask: errors, clock, rows, access, events, text, letters
web/      Flask helpers without features: guard, session, forms, pages, language, headers
accounts/ consultations/ comments/ votes/ home/   features, each with the same seven files
"""
