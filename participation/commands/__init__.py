"""The commands of `suara`, one file each; programs of their own, which may import late."""
