"""Services that another body runs by itself: a registrar, a ballot box. No site, no accounts."""
