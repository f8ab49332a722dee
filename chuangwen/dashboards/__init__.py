"""dashboards: the shell, the to-do list 待办 and search. Delivery only, no models."""
