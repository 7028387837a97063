"""Questions about collaborations: pages, lists, the target group, and rulings."""
