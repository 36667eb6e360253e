"""Problems and outcomes → what people and machines read."""
