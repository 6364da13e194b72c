{
const { session } = document.documentElement.dataset;
const channel = new BroadcastChannel(`session-events:${session}`);
const tell = (word) =>
  dispatchEvent(word === "renew" ? new Event("chat-widget:renew") : new StorageEvent("storage", { key: "chat-widget:signed-out" }));
const listen = () => {
  const source = new EventSource(`/api/session/events?session=${session}`);
  source.onmessage = ({ data }) => {
    if (data === "ended") source.close();
    channel.postMessage(data);
    tell(data);
  };
  source.onerror = () => source.readyState === EventSource.CLOSED && setTimeout(listen, 5000 * (1 + Math.random()));
};
channel.onmessage = ({ data }) => tell(data);
if (navigator.locks) navigator.locks.request(channel.name, () => new Promise(listen));
else listen();
}
