"""Every mail as it would leave, shown with examples to organisers: nobody real is in it, and nothing is sent."""
