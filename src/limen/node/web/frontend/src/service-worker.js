// Shows notices that the node pushes, and opens what they are about. It keeps no page and answers no request: what a
// page holds is for who is signed in. Everything below is served from this site; nothing of it is cached.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/** @param {PushMessageData|null} data what the node said, or nothing that is understood */
function read(data) {
  try {
    return data?.json() ?? {};
  } catch {
    return {};
  }
}

/** An address of this site, whatever the message says. @param {unknown} path */
function ours(path) {
  const url = new URL(typeof path === "string" ? path : "/notices/", self.location.origin);
  return url.origin === self.location.origin ? url.href : `${self.location.origin}/notices/`;
}

async function show(said) {
  await self.registration.showNotification("Limen", {
    body: typeof said.text === "string" ? said.text : "",
    lang: said.lang,
    dir: said.dir ?? "auto",
    tag: said.tag,
    renotify: Boolean(said.tag),
    requireInteraction: Boolean(said.urgent),
    data: { url: ours(said.url) },
  });
  for (const client of await self.clients.matchAll({ type: "window" })) client.postMessage("limen:notice");
}

self.addEventListener("push", (event) => event.waitUntil(show(read(event.data))));

async function open(url) {
  const windows = await self.clients.matchAll({ type: "window" });
  const there = windows.find((client) => client.url === url);
  return there ? there.focus() : self.clients.openWindow(url);
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(ours(event.notification.data?.url)));
});

/** The push service gave another address: the node is told, where the officer is still signed in here. */
async function renew(event) {
  const old = event.oldSubscription;
  const options = old?.options ?? {};
  const subscription = event.newSubscription ?? (await self.registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: options.applicationServerKey,
  }));
  const answer = await fetch("/notices/devices/token/", { credentials: "same-origin", redirect: "error" });
  const { token } = await answer.json();
  await fetch("/notices/devices/", {
    method: "POST",
    credentials: "same-origin",
    redirect: "error",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ subscription, instead_of: old?.endpoint ?? "" }),
  });
}

// Where this fails, the next page that the officer opens finds out (notices.js).
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event).catch(() => {})));
