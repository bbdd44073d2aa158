"""What can be done in the workstation, by which keys and where: one table, which knows no screen."""
