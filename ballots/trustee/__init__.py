"""What a trustee does away from the site, offline if need be: files in, files out.

`keys` what it must not lose, `keyfile` how that is kept, `setup_log` what the others said,
`steps` the ceremony, `opening` the acknowledgement before and the shares after the vote. All of it
is pure: a step gives the keys to keep *before* it gives the words to hand in, so that whatever
breaks in between, the same words are handed in again.
"""
