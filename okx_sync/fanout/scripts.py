"""What the broker does in one step: nobody writes without the lease, and nothing is written twice."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Final

__all__ = ["ACQUIRE", "ADD_TOPICS", "NOW", "RELEASE", "WRITE", "Script"]


class Script:
    """A Lua script; Redis keeps it by its sum."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sum = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()

    def run(self, client: Any, keys: Sequence[str], *args: bytes | str | int) -> Any:
        """Run it at once."""
        return client.eval(self.text, len(keys), *keys, *args)

    def add_to(self, pipeline: Any, keys: Sequence[str], *args: bytes | str | int) -> None:
        """Run it with the commands of a pipeline, after ``SCRIPT LOAD``."""
        pipeline.evalsha(self.sum, len(keys), *keys, *args)


NOW: Final = """
local t = redis.call('TIME')
local now = string.format('%d', t[1] * 1000 + math.floor(t[2] / 1000))
"""

# ARGV: token, lease in ms, the publisher's name, the number of the next message, up.
# Answer: whether it is had, and whether the epoch is new. Numbers of all epochs of one lineage are comparable when each
# one's base is added; a broker that knows nothing of the stream begins another lineage. A token in the lease that is no
# epoch's is another program's, and is written over.
ACQUIRE: Final = Script(
    NOW
    + """
local owner = redis.call('GET', KEYS[2])
local facts = redis.call('HMGET', KEYS[3], 'epoch', 'last', 'heartbeat', 'publisher', 'lineage', 'base')
if owner and owner ~= ARGV[1] and owner == facts[1] then return {0, 0} end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
if facts[1] == ARGV[1] then return {1, 0} end
local lineage, base = string.sub(ARGV[1], 1, 8) .. now, '0'
if facts[5] then
    lineage, base = facts[5], string.format('%d', facts[6] + facts[2] + 1 - ARGV[4])
end
redis.call('HSET', KEYS[3], 'epoch', ARGV[1], 'publisher', ARGV[3], 'last', ARGV[4] - 1,
    'heartbeat', now, 'up', ARGV[5], 'lineage', lineage, 'base', base)
local id = redis.call('XADD', KEYS[1], '*', 'e', ARGV[1], 'n', ARGV[4], 'c', '0', 'k', 'epoch', 'name', ARGV[3],
    'l', lineage, 'b', base,
    'was', facts[1] or '', 'was_last', facts[2] or '', 'was_heartbeat', facts[3] or '', 'was_name', facts[4] or '')
redis.call('HSET', KEYS[3], 'last_id', id)
return {1, 1}
"""
)

# ARGV: token, lease in ms, first number, count, ns, kind, data, MAXLEN, MINID's age in ms, up, whether snapshots are
# of now, and snapshots: topic numbers and what they hold.
# Answer: 1 if it is written, or was before; 0 when the lease is somebody else's or nobody's. A Redis that is full
# refuses no command behind the first of a script that writes, so that one comes first which it refuses: else it would
# grow on.
WRITE: Final = Script(
    NOW
    + """
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
local place = redis.call('HMGET', KEYS[3], 'last', 'lineage', 'base')
local first, count, last = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(place[1] or '0')
local told = {'heartbeat', now, 'up', ARGV[10]}
local function tell(name, value)
    table.insert(told, name)
    table.insert(told, value)
end
if ARGV[6] ~= '' or (count > 0 and first + count - 1 > last) then
    tell('last_id', redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[8], '*', 'e', ARGV[1], 'l', place[2], 'b', place[3],
        'n', ARGV[3], 'c', ARGV[4], 't', ARGV[5], 'k', ARGV[6], 'd', ARGV[7]))
    if tonumber(ARGV[9]) > 0 then
        redis.call('XTRIM', KEYS[1], 'MINID', '~', string.format('%d', tonumber(now) - tonumber(ARGV[9])))
    end
end
if first + count - 1 > last then tell('last', string.format('%d', first + count - 1)) end
if ARGV[11] == '1' then
    for i = 12, #ARGV, 2 do redis.call('HSET', KEYS[4], ARGV[i], ARGV[i + 1]) end
    tell('snapped', redis.call('HGET', KEYS[3], 'last_id'))
end
redis.call('HSET', KEYS[3], unpack(told))
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return 1
"""
)

# ARGV: token, the texts of topics, each with the token or nothing: published, or no more.
ADD_TOPICS: Final = Script("""
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[3], 'topic:' .. ARGV[i], ARGV[i + 1]) end
redis.call('HINCRBY', KEYS[3], 'changes', 1)
return 1
""")

# ARGV: token.
RELEASE: Final = Script("""
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[2])
return 1
""")
