// This site has no service worker: see docs/_decisions/0017. Whoever still has one of an earlier
// site at this address gets this one in its place, which removes what that left and then itself.

// The old worker answers for as long as one of its pages is open, unless told not to be waited for.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  await registration.unregister();
  for (const name of await caches.keys()) await clear(name);
  // Those that the old worker answered for, and no others: so a page is shown anew once only.
  for (const client of await clients.matchAll({ type: "window" })) await renew(client);
}

// Another site of this origin keeps what is its own.
async function clear(name) {
  const cache = await caches.open(name);
  const kept = await cache.keys();
  const own = kept.filter(({ url }) => url.startsWith(registration.scope));
  await Promise.all(own.map((request) => cache.delete(request)));
  if (own.length === kept.length) await caches.delete(name);
}

// A page that cannot be fetched now stays: an old answer is more than an error.
async function renew(client) {
  const live = await fetch(client.url, { cache: "reload" }).catch(() => null);
  if (live && live.status < 500) await client.navigate(client.url).catch(() => null);
}
