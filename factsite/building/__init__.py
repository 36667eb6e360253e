"""What the pipeline is made of: the steps that have to run, all cores, the finished files."""
