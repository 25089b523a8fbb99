-- A node of the reference library in a process of its own, which does what lines of its standard input say; see
-- DriverProcess.java. Arguments: the directory with the library and those that it needs.
local base = arg[1]
package.path = base .. '/?.lua;' .. base .. '/?/init.lua;' .. base .. '/membership/?.lua;' .. base .. '/checks/?.lua;'
    .. base .. '/checks/?/init.lua;' .. package.path
-- Not there in old versions
table.clear = table.clear or require('table.clear')

local clock = require('clock')
local fiber = require('fiber')
local fio = require('fio')
local membership = require('membership')

local own

local function say(line)
    io.stdout:write(line, '\n')
    io.stdout:flush()
end

local function see(sight, subject, value)
    say(('@ %s %s %s %s %s'):format(tostring(clock.monotonic64()):gsub('U?LL', ''), own, sight, subject, value or ''))
end

local seen, payloads = {}, {}

-- Compares the members with those of the last time
local function look()
    for uri, member in membership.pairs() do
        local port = uri:match(':(%d+)$')
        local up = member.status == 'alive' or member.status == 'suspect'
        if up ~= (seen[port] or false) then
            see(up and 'UP' or 'DOWN', port)
            seen[port] = up
        end
        local payload = (member.payload or {}).payload
        if payload ~= nil and payload ~= payloads[port] then
            see('PAYLOAD', port, payload)
            payloads[port] = payload
        end
    end
end

local function watch()
    local changed = membership.subscribe()
    while true do
        look()
        changed:wait(1)
    end
end

local commands = {}

function commands.start(port, seeds)
    own = port
    see('START', port)
    membership.init('127.0.0.1', tonumber(port))
    fiber.create(watch)
    for seed in seeds:gmatch('%d+') do
        membership.probe_uri('127.0.0.1:' .. seed)
    end
    say('started ' .. port)
end

function commands.payload(_, value)
    membership.set_payload('payload', value)
end

function commands.leave(port)
    see('LEAVE', port)
    membership.leave()
end

function commands.sample()
    collectgarbage()
    local status = io.open('/proc/self/status'):read('*a')
    say(('sample %s %d'):format(status:match('Threads:%s*(%d+)'), tonumber(status:match('VmRSS:%s*(%d+)')) * 1024))
end

local input = fio.open('/dev/stdin', {'O_RDONLY'})
local rest = ''
while true do
    local read = input:read(4096)
    if read == nil or read == '' then
        os.exit(0)
    end
    rest = rest .. read
    for line in rest:gmatch('([^\n]*)\n') do
        local name, first, second = line:match('^(%S+) ?(%S*) ?(.*)$')
        local ok, problem = pcall(commands[name], first, second)
        if not ok then
            say('failed ' .. tostring(problem))
        end
    end
    rest = rest:match('[^\n]*$')
end
