// The live stream, opened by one tab for all: a browser allows few connections to a server, and tabs are many.
//
// Whoever holds the lock leads: it opens the stream, repeats what it hears on the channel and remembers the latest. A
// tab that comes later asks it for what happened since its page was drawn. When the leader goes, the next one goes on
// from the last event that it heard itself, so nothing is lost between the two.

const REMEMBERED = 500
const LOCK = "opora-live"

// Calls `hear({ kind, subject, id })` for each event once, `state(connected)` when the line is lost or found, and
// `lost()` when more happened than anybody remembers. `url` says after=<id> where the page was drawn.
export function listen(url, { hear, state, lost }) {
  const address = new URL(url, location.href)
  const place = { id: Number(address.searchParams.get("after") ?? 0) }
  const heard = new Set() // ids come nearly in order, so the highest alone does not say what was heard
  const stopping = new AbortController()
  const once = (event) => {
    if (heard.has(event.id)) return
    if (event.id > 0) heard.add(event.id)
    if (heard.size > 2 * REMEMBERED) heard.delete(heard.values().next().value)
    place.id = Math.max(place.id, event.id)
    hear(event)
  }
  const tell = ({ event, connected, answer, to, forgotten }) => {
    if (event) once(event)
    else if (connected !== undefined) state(connected)
    else if (to === me && forgotten) lost()
    else if (to === me) answer.forEach(once)
  }
  const lead = (channel) => {
    const stop = open(address, place, (message) => { tell(message); channel?.postMessage(message) }, channel)
    return new Promise((release) => { stopping.signal.onabort = () => { stop(); release() } })
  }
  if (navigator.locks) {
    const channel = new BroadcastChannel(LOCK)
    channel.addEventListener("message", ({ data }) => tell(data), { signal: stopping.signal })
    channel.postMessage({ asks: me, after: place.id })
    navigator.locks.request(LOCK, { signal: stopping.signal }, () => lead(channel)).catch(() => {})
  } else lead()
  return () => stopping.abort()
}

const me = crypto.randomUUID?.() ?? String(Math.random())

// EventSource reconnects by itself and sends the id it saw last. Returns what closes it.
function open(address, place, tell, channel) {
  const memory = { from: place.id, events: [] }
  address.searchParams.set("after", place.id)
  const source = new EventSource(address)
  const answering = new AbortController()
  source.onopen = () => tell({ connected: true })
  source.onerror = () => tell({ connected: false })
  source.onmessage = ({ data }) => {
    const event = JSON.parse(data)
    remember(memory, event)
    tell({ event })
  }
  channel?.addEventListener("message", ({ data: { asks, after } }) => {
    if (asks) channel.postMessage({ to: asks, forgotten: after < memory.from, answer: memory.events.filter(({ id }) => id > after) })
  }, { signal: answering.signal })
  return () => { source.close(); answering.abort() }
}

function remember(memory, event) {
  if (event.id <= 0) return
  memory.events.push(event)
  if (memory.events.length > REMEMBERED) memory.from = memory.events.shift().id
}
