// The live stream, opened by one tab for all: a browser allows few connections to a server, and tabs are many.

const channel = new BroadcastChannel("opora-live")

// Calls `hear({ kind, subject, id })` for each event and `state(connected)` when the line is lost or found.
export function listen(url, { hear, state }) {
  const tell = (message) => ("event" in message ? hear(message.event) : state(message.connected))
  const everybody = (message) => { tell(message); channel.postMessage(message) }
  channel.addEventListener("message", ({ data }) => tell(data))
  const stopping = new AbortController()
  if (navigator.locks) {
    const hold = () => new Promise((release) => { const source = open(url, everybody); stopping.signal.onabort = () => { source.close(); release() } })
    navigator.locks.request("opora-live", { signal: stopping.signal }, hold).catch(() => {})
  } else {
    const source = open(url, tell)
    stopping.signal.onabort = () => source.close()
  }
  return () => stopping.abort()
}

// EventSource reconnects by itself and sends the id it saw last.
function open(url, tell) {
  const source = new EventSource(url)
  source.onopen = () => tell({ connected: true })
  source.onerror = () => tell({ connected: false })
  source.onmessage = ({ data }) => tell({ event: JSON.parse(data) })
  return source
}
