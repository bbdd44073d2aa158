"""What a collector knows: records and rules as pure functions. No disk, no clock, no screen."""
