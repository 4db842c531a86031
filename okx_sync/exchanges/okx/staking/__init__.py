"""On-chain earn, the staking of ETH and SOL."""
