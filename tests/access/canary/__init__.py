"""The canary matrix: every secret of a world holds a string of its own, and nothing that leaves the system may carry a
string that its receiver may not see, on any route, by any method, for any kind of actor."""
