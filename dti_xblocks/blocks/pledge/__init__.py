"""The pledge at work: the steps to a signature, its screens, the signed copy and the staff's side."""
