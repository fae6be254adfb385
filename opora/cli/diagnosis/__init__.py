"""What `doctor` looks at: one module a subject, each check a function that yields findings."""
