// One stream of events for all tabs of the site: browsers allow only a few
// connections to one host.
const ports = new Set();
let last = null;
const events = new EventSource("/_biandan/events");
events.onmessage = e => {
  last = e.data;
  for (const p of ports) p.postMessage(last);
};
onconnect = e => {
  const port = e.ports[0];
  ports.add(port);
  if (last !== null) port.postMessage(last);
  port.onmessage = m => { if (m.data === "bye") ports.delete(port); };
};
