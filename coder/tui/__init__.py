"""The screens. They call the workflows and show what comes back; they neither count nor write."""
