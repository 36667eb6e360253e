"""What the pipeline is made of: the steps that have to run, both cores, the finished files."""
