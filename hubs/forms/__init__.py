"""What people type: plain fields, each checked again by the action that saves it."""
