"""Local state that follows the streams: pure apply() cores behind one lock-holding front each."""
