"""Letters that remind officers and moderators of promised days: at most one each day."""
