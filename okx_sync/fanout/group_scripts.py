"""What the broker does in one step for a group of followers that share a stream's entries, with accounts of its own."""

from __future__ import annotations

from typing import Final

from okx_sync.fanout.scripts import Script

__all__ = ["HANDLED", "SHARE"]

# KEYS: stream, facts, group. ARGV: group, member, most entries, where a new group begins, for how many ms an entry lies
# unhandled before another member gets it (0: do not look), and from where a group goes on that Redis has forgotten.
# Answer: entries for the first time; entries again; messages that no member can get any more; how often nobody knows
# how many those are; whether the group was made now; the last entry of the stream; handled and missing of all members.
SHARE: Final = Script("""
local group, me, most = ARGV[1], ARGV[2], ARGV[3]
local facts = redis.call('HMGET', KEYS[2], 'lineage', 'base', 'last', 'last_id')
local made, told = 0, redis.pcall('XREADGROUP', 'GROUP', group, me, 'COUNT', most, 'STREAMS', KEYS[1], '>')
if told and told.err then
    if not string.find(told.err, 'NOGROUP') then return redis.error_reply(told.err) end
    made = 1
    redis.call('XGROUP', 'CREATE', KEYS[1], group, ARGV[4], 'MKSTREAM')
    redis.call('DEL', KEYS[3])
    if ARGV[4] == '$' and facts[1] then
        redis.call('HSET', KEYS[3], 'lineage', facts[1], 'next', string.format('%d', facts[2] + facts[3] + 1))
    end
    told = redis.call('XREADGROUP', 'GROUP', group, me, 'COUNT', most, 'STREAMS', KEYS[1], '>')
end
local known = redis.call('HMGET', KEYS[3], 'lineage', 'next')
local lineage, expected = known[1], tonumber(known[2] or nil)
local entries, counts, missing, unknown = told and told[1][2] or {}, {}, 0, 0

local function pass(its, first, count)
    if lineage and lineage ~= its then unknown = unknown + 1
    elseif expected and first > expected then missing = missing + first - expected end
    lineage, expected = its, first + count
end

for _, entry in ipairs(entries) do
    local at, fields = {}, entry[2]
    for i = 1, #fields, 2 do
        if fields[i] ~= 'd' then at[fields[i]] = fields[i + 1] end
    end
    local base, first, count = tonumber(at['b']), tonumber(at['n']), tonumber(at['c'])
    if at['l'] and base and first and count then  -- another program's entry has no numbers, and counts for nothing
        pass(at['l'], base + first, count)
        table.insert(counts, entry[1])
        table.insert(counts, at['c'])
    end
end
if #entries == 0 and facts[1] and (lineage ~= facts[1] or facts[2] + facts[3] + 1 > expected) then
    pass(facts[1], facts[2] + facts[3] + 1, 0)
end
if #counts > 0 then redis.call('HSET', KEYS[3], unpack(counts)) end
if lineage then redis.call('HSET', KEYS[3], 'lineage', lineage, 'next', string.format('%d', expected)) end

local again = {}
if tonumber(ARGV[5]) > 0 then
    local claimed = redis.call('XAUTOCLAIM', KEYS[1], group, me, ARGV[5], '0-0', 'COUNT', most)
    again = claimed[2]
    for _, id in ipairs(claimed[3]) do
        missing = missing + (redis.call('HGET', KEYS[3], id) or 0)
        redis.call('HDEL', KEYS[3], id)
    end
    for _, one in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], group)) do
        if one[2] ~= me and one[4] == 0 and one[6] > 10 * ARGV[5] + 60000 then
            redis.call('XGROUP', 'DELCONSUMER', KEYS[1], group, one[2])
        end
    end
end
if missing > 0 then redis.call('HINCRBY', KEYS[3], 'missing', string.format('%d', missing)) end
local sum = redis.call('HMGET', KEYS[3], 'handled', 'missing')
return {entries, again, missing, unknown, made, facts[4] or '0-0', sum[1] or '0', sum[2] or '0'}
""")

# KEYS: as above. ARGV: group, and the entries that were handled. Each counts once, whoever handled it first.
HANDLED: Final = Script("""
local count = 0
for i = 2, #ARGV do
    if redis.call('XACK', KEYS[1], ARGV[1], ARGV[i]) == 1 then
        count = count + (redis.call('HGET', KEYS[3], ARGV[i]) or 0)
    end
    redis.call('HDEL', KEYS[3], ARGV[i])
end
return redis.call('HINCRBY', KEYS[3], 'handled', string.format('%d', count))
""")
