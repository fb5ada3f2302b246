"""What readers see of cases, what authors write, what organisers decide."""
