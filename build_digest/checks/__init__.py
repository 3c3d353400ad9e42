"""What `build-digest check` looks at, and how it says it."""
