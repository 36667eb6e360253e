"""What a newsroom asks of its checks: editorial warnings and a report on balance."""
