"""Side by side with other table tools: what they find on the project's own documents."""
