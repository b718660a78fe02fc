-- What a busy evening asks for: 12 of 20 requests read the home feed, 2 write. Counts answers by their status.
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(arguments)
  ok, shed, other, sent = 0, 0, 0, 0
  local writing = { ["X-Cognito-User-Id"] = arguments[1], ["Content-Type"] = "application/json" }
  local home = wrk.format("GET", "/api/activities/home")
  local write = wrk.format("POST", "/api/activities", writing, '{"message":"from wrk","ttl":"1-hour"}')
  requests = {}
  for i = 1, 12 do requests[i] = home end
  for i = 13, 15 do requests[i] = wrk.format("GET", "/api/activities/@writer") end
  requests[16] = wrk.format("GET", "/api/activities/search?term=tale+cities")
  requests[17] = wrk.format("GET", "/api/users/@writer/short")
  requests[18] = wrk.format("GET", "/api/users/@writer/short")
  requests[19] = write
  requests[20] = write
end

function request()
  sent = sent + 1
  -- 7 and 20 have no common divisor: the kinds come mixed.
  return requests[sent * 7 % 20 + 1]
end

function response(status)
  if status == 200 then ok = ok + 1
  elseif status == 503 then shed = shed + 1
  else other = other + 1 end
end

function done(summary, latency)
  local counts = { ok = 0, shed = 0, other = 0 }
  for _, thread in ipairs(threads) do
    for name, count in pairs(counts) do counts[name] = count + thread:get(name) end
  end
  local errors = summary.errors
  print(string.format("status_200=%d", counts.ok))
  print(string.format("status_503=%d", counts.shed))
  print(string.format("status_other=%d", counts.other))
  print(string.format("socket_errors=%d", errors.connect + errors.read + errors.write + errors.timeout))
  print(string.format("requests_per_second=%d", summary.requests / summary.duration * 1e6))
  for _, p in ipairs({ 50, 90, 99 }) do
    print(string.format("p%d_ms=%d", p, latency:percentile(p) / 1000))
  end
end
