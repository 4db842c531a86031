"""What the broker does in one step with requests for orders: each is taken once, in time, by who holds the lease.

The clock is Redis's for all: a deadline that a follower names is the same moment for every publisher.
"""

from __future__ import annotations

from typing import Final

from okx_sync.fanout.scripts import NOW, Script

__all__ = ["ANSWER", "ASK", "KEEP_MS", "REVOKE", "SERVE", "TAKE"]

KEEP_MS: Final = 60_000
"""How long it is kept who has taken a request, and an answer that nobody has fetched, beyond the deadline."""

# KEYS: lease, facts. ARGV: token, lease in ms, the publisher's name, what it allows.
# Answer: whether the lease is ours. One that is not of the publisher that served last is another program's, and is
# written over.
SERVE: Final = Script(
    NOW
    + """
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] and owner == redis.call('HGET', KEYS[2], 'token') then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('HSET', KEYS[2], 'token', ARGV[1], 'name', ARGV[3], 'allow', ARGV[4], 'heartbeat', now)
return 1
"""
)

# KEYS: lease, facts, requests. ARGV: the request's id, its text, how many ms it may wait.
# Answer: whether it was written; the publisher's name, its last sign of life.
ASK: Final = Script(
    NOW
    + """
local facts = redis.call('HMGET', KEYS[2], 'name', 'heartbeat')
local told = {0, facts[1] or '', facts[2] or ''}
if not redis.call('GET', KEYS[1]) then return told end
redis.call('XADD', KEYS[3], 'MAXLEN', '~', 100000, '*', 'id', ARGV[1], 'd', ARGV[2], 'until', now + ARGV[3])
told[1] = 1
return told
"""
)

# KEYS: lease, requests, taken. ARGV: token, the entry's id, the moment until which it may be taken, how long that is
# remembered beyond it.
# Answer: 1 and the ms that are left; 0 when it is too late, or it was taken before; -1 without the lease.
TAKE: Final = Script(
    NOW
    + """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {-1, 0} end
redis.call('XDEL', KEYS[2], ARGV[2])
local left = ARGV[3] - now
if left <= 0 then return {0, 0} end
if not redis.call('SET', KEYS[3], ARGV[1], 'NX', 'PX', left + ARGV[4]) then return {0, 0} end
return {1, left}
"""
)

# KEYS: taken. ARGV: for how many ms. Answer: whether nobody has taken it, and nobody will.
REVOKE: Final = Script("""
if redis.call('SET', KEYS[1], '', 'NX', 'PX', ARGV[1]) then return 1 end
return 0
""")

# KEYS: answer. ARGV: its text, for how many ms it is kept.
ANSWER: Final = Script("""
redis.call('XADD', KEYS[1], '*', 'd', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
""")
